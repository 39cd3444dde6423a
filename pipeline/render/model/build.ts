import type { Dimensions } from '../../../shared/domain/index.ts';
import type { ElementPlan } from './elements.ts';
import { cutOf, deepOf, frontOf, type Ring } from './rings.ts';
import type { Backdrop, Cut, Item, Model, PartName, Row } from './model.ts';

/** What a product says about its shape beyond kind and dimensions. */
export interface Traits {
  readonly designation: string;
  /** Has it this part? Decides on cages, screws, and needle bearings without an inner ring. */
  readonly has: (part: PartName) => boolean;
}

/** Everything a kind needs to lay out its parts. */
export interface Plan extends Traits {
  readonly dimensions: Dimensions;
  readonly elements: ElementPlan;
  /** Chamfer of the rings, mm. */
  readonly chamfer: number;
  /** Half the width, (D − d) / 2 and the radius of the pitch circle, mm. */
  readonly half: number;
  readonly section: number;
  readonly pitchRadius: number;
}

/** Half the gap between the shoulders over the ball diameter: shoulders stand a quarter of the ball high. */
export const HALF_GAP = 0.255;
/** Raceway radius over ball radius (osculation of 52 %). */
export const OSCULATION = 1.04;

/** Where the rows of balls lie along the axis. */
export function rowPlaces(plan: Plan): number[] {
  const { rows, B } = plan.dimensions;
  const step = Math.min(plan.elements.diameter * 1.12, B / rows);
  return Array.from({ length: rows }, (_, i) => (i - (rows - 1) / 2) * step);
}

/** A row of balls. */
export function ballRow(plan: Plan, z: number, phase = 0): Row {
  return {
    part: 'rolling_elements',
    shape: 'ball',
    count: plan.elements.count,
    pitchRadius: plan.pitchRadius,
    z,
    radius: plan.elements.diameter / 2,
    profile: [],
    tilt: 0,
    // The first one on top, so that the cross-section cuts through it.
    phase: Math.PI / 2 + phase,
  };
}

/** The parts of a radial bearing, from which picture and cross-section follow. */
export interface RadialParts {
  readonly outer: Ring | null;
  readonly inner: Ring | null;
  readonly rows: readonly Row[];
  readonly elementLight: number;
  /** Seals or shields hide the rolling elements from every camera; the cross-section still shows them. */
  readonly closed?: boolean;
  /** Painted over the rolling elements: cages, then seals and shields. */
  readonly over: readonly Item[];
  readonly overCuts: readonly Cut[];
  /** Painted last: what sits on the inner ring. */
  readonly last?: readonly Item[];
}

/** The area of one rolling element in the cross-section. */
export function elementCut(row: Row): Cut {
  if (row.shape === 'ball') {
    const outline = Array.from({ length: 48 }, (_, i): [number, number] => {
      const angle = (i / 48) * 2 * Math.PI;
      return [row.z + row.radius * Math.cos(angle), row.pitchRadius + row.radius * Math.sin(angle)];
    });
    return { part: row.part, style: 'ball', outline };
  }
  const mirrored = [...row.profile].reverse().map(([r, along]): [number, number] => [-r, along]);
  const all: (readonly [number, number])[] = [...row.profile, ...mirrored];
  const outline = all.map(([r, along]): [number, number] => [
    row.z + along * Math.cos(row.tilt) - r * Math.sin(row.tilt),
    row.pitchRadius + along * Math.sin(row.tilt) + r * Math.cos(row.tilt),
  ]);
  return { part: row.part, style: 'roller', outline };
}

/** The dark at the bottom of the gap between the rings; what lies behind a bearing is not seen through it. */
function darkBehind({ outer, inner }: RadialParts): Item[] {
  const from = outer?.deep.at(-1);
  const to = inner?.deep[0];
  if (!from || !to) return [];
  return [{ type: 'turned', part: 'outer_ring', points: [from, [to[0], from[1]]], light: 0.06, marks: false }];
}

/** All that the inner ring's front stands before: the depth of the gap, elements, cage, closures, outer ring. */
export function itemsBehindInner(parts: RadialParts): Item[] {
  const { outer, inner, rows, elementLight, over, closed = false } = parts;
  const rings = [outer, inner].filter((ring) => ring !== null);
  const elements: Item[] = closed ? [] : [{ type: 'elements', rows, light: elementLight }];
  const front = outer ? frontOf(outer, Infinity) : [];
  return [...darkBehind(parts), ...rings.flatMap(deepOf), ...elements, ...over, ...front];
}

/** The inner ring's front and what sits on it. */
export function itemsOfInner({ outer, inner, last = [] }: RadialParts): Item[] {
  const openFrom = outer ? Math.max(...outer.outline.map(([, z]) => z)) : Infinity;
  return [...(inner ? frontOf(inner, openFrom) : []), ...last];
}

/** The cross-section of everything in a radial bearing. */
export function cutsOf({ outer, inner, rows, overCuts }: RadialParts): Cut[] {
  const rings = [outer, inner].filter((ring) => ring !== null);
  return [...rings.map(cutOf), ...rows.filter(({ part }) => part !== 'cage').map(elementCut), ...overCuts];
}

/** The circles that bound a ring. */
function ringHull({ outline }: Ring): Model['hull'] {
  const radius = Math.max(...outline.map(([r]) => r));
  const ends = outline.map(([, z]) => z);
  return [Math.min(...ends), Math.max(...ends)].map((z) => ({ radius, z, x: 0, y: 0 }));
}

/** Puts the parts of a radial bearing into painting order: depth of the gap, elements, cage, outer ring, inner ring. */
export function radialModel(plan: Plan, parts: RadialParts): Model {
  const { outer, inner } = parts;
  const rings = [outer, inner].filter((ring) => ring !== null);
  const ends = rings.flatMap((ring) => ring.outline.map(([, z]) => z));
  const front = Math.max(...ends);
  const back = Math.min(...ends);
  const radius = plan.dimensions.D / 2;
  const bore = plan.dimensions.d / 2;
  const backdrop: Backdrop = {
    part: inner ? 'inner_ring' : 'outer_ring',
    from: [inner ? Math.min(...inner.outline.map(([, z]) => z)) : back, 0],
    to: [inner ? Math.max(...inner.outline.map(([, z]) => z)) : front, bore],
    radius: bore,
    hollow: true,
  };
  return {
    posture: 'standing',
    items: [...itemsBehindInner(parts), ...itemsOfInner(parts)],
    cuts: cutsOf(parts),
    backdrops: [backdrop],
    hull: rings.flatMap(ringHull),
    footprint: { level: -radius, across: 0.56 * radius, along: (front - back) * 0.55 },
    section: { left: back, right: front, bottom: 0, top: radius },
  };
}
