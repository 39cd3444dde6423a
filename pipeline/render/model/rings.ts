import type { ProfilePoint } from '../paint/lathe.ts';
import type { Cut, PartName, Turned } from './model.ts';

/** A ring of a bearing as one closed profile, cut into what is painted at different times. */
export interface Ring {
  readonly part: PartName;
  /** Seen from outside: outer wall, front face, bore. */
  readonly skin: readonly ProfilePoint[];
  /** The shoulder in front of the rolling elements. */
  readonly land: readonly ProfilePoint[];
  /** Raceway and all behind it, seen through the gap. */
  readonly deep: readonly ProfilePoint[];
  /** The closed outline for the cross-section. */
  readonly outline: readonly ProfilePoint[];
}

interface RingSpec {
  readonly part: PartName;
  /** Radius of the wall away from the rolling elements: outside or bore. */
  readonly wall: number;
  readonly back: number;
  readonly front: number;
  readonly chamfer: number;
  /** From the front face's edge inwards to the rolling elements, and on past them to the back. */
  readonly land: readonly ProfilePoint[];
  readonly deep: readonly ProfilePoint[];
  /** The outside is part of a sphere (insert bearings), not of a cylinder. */
  readonly spherical?: boolean;
}

/** Keeps a profile's radii apart from the ring's own wall, so that odd dimensions give a thin ring and not a torn one. */
function within(points: readonly ProfilePoint[], least: number, most: number): ProfilePoint[] {
  return points.map(([r, z]) => [Math.min(most, Math.max(least, r)), z]);
}

/** Where the gap side meets the back face, `lip` broken off the edge. */
function backEdge(deep: readonly ProfilePoint[], back: number, lip: number): ProfilePoint[] {
  const last = deep.at(-1);
  return last ? [[last[0] + lip, back]] : [];
}

/** The ring outside the rolling elements. */
export function outerRing({ part, wall, back, front, chamfer: c, spherical = false, ...gap }: RingSpec): Ring {
  const land = within(gap.land, 0, wall - c / 2);
  const deep = within(gap.deep, 0, wall - c / 2);
  const edge = land[0]?.[0] ?? wall;
  const lip = Math.min(c * 0.6, (wall - edge) * 0.25);
  const along = (z: number): number => (spherical ? Math.sqrt(wall ** 2 - z ** 2) : wall);
  const steps = spherical ? 14 : 1;
  const shares = Array.from({ length: steps + 1 }, (_, i) => i / steps);
  const outside = shares.map((share): ProfilePoint => {
    const z = back + c + (front - back - 2 * c) * share;
    return [along(z), z];
  });
  const skin: ProfilePoint[] = [
    [along(back + c) - c, back],
    ...outside,
    [along(front - c) - c, front],
    [edge + lip, front],
    [edge, front - lip],
  ];
  return { part, skin, land, deep, outline: [...skin, ...land, ...deep, ...backEdge(deep, back, lip)] };
}

/** The ring inside the rolling elements; `land` and `deep` run from the front to the back as for the outer ring. */
export function innerRing({ part, wall, back, front, chamfer: c, ...gap }: RingSpec): Ring {
  const land = within(gap.land, wall + c / 2, Infinity);
  const deep = within(gap.deep, wall + c / 2, Infinity);
  const edge = land[0]?.[0] ?? wall;
  const lip = Math.min(c * 0.6, (edge - wall) * 0.25);
  const skin: ProfilePoint[] = [
    [edge, front - lip],
    [edge - lip, front],
    [wall + c, front],
    [wall, front - c],
    [wall, back + c],
    [wall + c, back],
  ];
  const outwards = [...land, ...deep].reverse();
  return {
    part,
    skin,
    land: [...land].reverse(),
    deep: [...deep].reverse(),
    outline: [...backEdge(deep, back, -lip), ...outwards, ...skin],
  };
}

/** A raceway groove of a ball, mm: circle of the ball centres, groove radius, and its edges before and behind `z`. */
interface GrooveSpec {
  readonly pitchRadius: number;
  readonly z: number;
  readonly radius: number;
  readonly edges: readonly [front: number, back: number];
}

/** The points of a raceway groove from its front edge to its back edge. `side` is 1 in the outer ring, -1 in the inner. */
export function groove(side: 1 | -1, { pitchRadius, z, radius, edges }: GrooveSpec): ProfilePoint[] {
  const steps = 8;
  return Array.from({ length: steps + 1 }, (_, i) => {
    const along = edges[0] + ((edges[1] - edges[0]) * i) / steps;
    return [pitchRadius + side * Math.sqrt(Math.max(0, radius ** 2 - along ** 2)), z + along];
  });
}

function turned(part: PartName, points: readonly ProfilePoint[], light: number, marks = true): Turned {
  return { type: 'turned', part, points, light, marks };
}

/** What of a ring is painted before the rolling elements. */
export function deepOf(ring: Ring): Turned[] {
  return [turned(ring.part, ring.deep, 0.3)];
}

/**
 * What of a ring is painted after them: shoulder, then walls and faces, the bore darkening inwards. What stands out
 * in front of `openFrom` lies in the full light.
 */
export function frontOf(ring: Ring, openFrom: number): Turned[] {
  const items: Turned[] = [];
  for (const [index, from] of ring.land.entries()) {
    const to = ring.land[index + 1];
    if (to) items.push(turned(ring.part, [from, to], (from[1] + to[1]) / 2 > openFrom ? 1 : 0.62));
  }
  // The far wall of a bore reaches under the face in the picture, so it comes before the face.
  const bores: Turned[] = [];
  const rest: Turned[] = [];
  for (const [index, from] of ring.skin.entries()) {
    const to = ring.skin[index + 1];
    if (!to) break;
    const item = turned(ring.part, [from, to], 1);
    const inwards = to[1] < from[1] && from[0] === to[0];
    if (inwards) bores.push({ ...item, fade: Math.min(0.6, (0.35 * (from[1] - to[1])) / to[0]) });
    else rest.push(item);
  }
  return [...items, ...bores, ...rest];
}

/** A ring as an area of the cross-section. */
export function cutOf(ring: Ring): Cut {
  return { part: ring.part, style: 'hatched', outline: ring.outline.map(([r, z]) => [z, r]) };
}

/** A plain turned body with a closed profile, e.g. a cage ring: painted whole, in one go. */
export function solid(part: PartName, points: readonly ProfilePoint[], light = 1, marks = true): Turned {
  const first = points[0];
  return turned(part, first ? [...points, first] : points, light, marks);
}

/** The rectangle between two radii and two places on the axis, body to the left of the way. */
export function rectangle(inner: number, outer: number, back: number, front: number): ProfilePoint[] {
  return [
    [outer, back],
    [outer, front],
    [inner, front],
    [inner, back],
  ];
}
