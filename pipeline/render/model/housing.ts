import type { Dimensions } from '../../../shared/domain/index.ts';
import { ok, type Result } from '../../../shared/errors/index.ts';
import type { ProfilePoint } from '../paint/lathe.ts';
import { cutsOf, itemsBehindInner, itemsOfInner, type RadialParts } from './build.ts';
import { planPart } from './check.ts';
import { insertParts } from './insert.ts';
import type { Cut, Fitting, Item, Model, PartName, Prism } from './model.ts';

/** Proportions of a pillow block over the bearing's outside diameter, after P 205 (D 52: h 36.5, L 140, J 105, 71 high). */
const SHAPE = { height: 0.7, top: 0.665, length: 2.69, bolts: 2.02, bolt: 0.125, foot: 0.29 } as const;
/** Width of the body over that of its foot. */
const BODY_SHARE = 0.7;

type Point = readonly [number, number];

/** The arch around the seat, flowing down into the foot; counter-clockwise from the lower left. */
function archOutline(D: number, foot: number): Point[] {
  const top = SHAPE.top * D;
  const from = -24;
  const arch = Array.from({ length: 49 }, (_, i): Point => {
    const angle = ((from + ((180 - 2 * from) * i) / 48) * Math.PI) / 180;
    return [top * Math.cos(angle), top * Math.sin(angle)];
  });
  const edge = arch[0] ?? [top, 0];
  const flare = Array.from({ length: 7 }, (_, i): Point => {
    const share = i / 7;
    return [
      0.98 * D + (edge[0] - 0.98 * D) * Math.sin((share * Math.PI) / 2),
      foot + (edge[1] - foot) * (1 - Math.cos((share * Math.PI) / 2)),
    ];
  });
  const left = [...flare].reverse().map(([x, y]): Point => [-x, y]);
  return [...flare, ...arch, ...left];
}

/** The foot with rounded upper edges. */
function footOutline(D: number, bottom: number, top: number): Point[] {
  const half = (SHAPE.length * D) / 2;
  const round = (top - bottom) * 0.45;
  const corner = Array.from({ length: 7 }, (_, i): Point => {
    const angle = (i / 6) * (Math.PI / 2);
    return [half - round + round * Math.cos(angle), top - round + round * Math.sin(angle)];
  });
  const left = [...corner].reverse().map(([x, y]): Point => [-x, y]);
  return [[-half, bottom], [half, bottom], ...corner, ...left];
}

function disc(part: PartName, at: Fitting['at'], points: readonly ProfilePoint[], light: number): Fitting {
  return { type: 'fitting', part, at, axis: [0, 1, 0], points, light };
}

/** The bolt holes of the foot, or the bolts in them. */
function bolts(D: number, foot: number, screwed: boolean): Fitting[] {
  const r = SHAPE.bolt * D;
  return [-1, 1].flatMap((side): Fitting[] => {
    const at: Fitting['at'] = [(side * SHAPE.bolts * D) / 2, foot, 0];
    if (!screwed)
      return [
        disc(
          'housing',
          at,
          [
            [r * 1.25, 0.01],
            [r, 0.01],
          ],
          1.15,
        ),
        disc(
          'housing',
          at,
          [
            [r, 0.01],
            [0, 0.01],
          ],
          0.12,
        ),
      ];
    const washer: ProfilePoint[] = [
      [r * 1.5, 0],
      [r * 1.5, 0.2 * r],
      [0, 0.2 * r],
    ];
    const head: ProfilePoint[] = [
      [r * 1.05, 0.2 * r],
      [r * 1.05, 1.1 * r],
      [r * 0.9, 1.25 * r],
      [0, 1.25 * r],
    ];
    return [disc('screw', at, washer, 0.85), disc('screw', at, head, 1)];
  });
}

/** The bearing that is mounted in a housing unit, its grooves and all; null for the bare housing. */
function mounted(dimensions: Dimensions, has: (part: PartName) => boolean): Result<RadialParts | null> {
  if (!has('inner_ring')) return ok(null);
  const plan = planPart('insert', dimensions, has);
  return plan.ok ? ok(insertParts(plan.value)) : plan;
}

function housingCuts(D: number, width: number, bottom: number, foot: number, bearing: RadialParts | null): Cut[] {
  const w = (width * BODY_SHARE) / 2;
  const seat = Array.from({ length: 9 }, (_, i): Point => {
    const z = w - (2 * w * i) / 8;
    return [z, Math.sqrt(Math.max(0.16 * D * D, (D / 2) ** 2 - z ** 2))];
  });
  const upper: Point[] = [[-w, SHAPE.top * D], [w, SHAPE.top * D], ...seat];
  const lower: Point[] = [
    [-width / 2, bottom],
    [width / 2, bottom],
    [width / 2, foot],
    [w, foot],
    ...seat.map(([z, r]): Point => [z, -r]),
    [-w, foot],
    [-width / 2, foot],
  ];
  const inside = bearing ? cutsOf(bearing) : [];
  const below = inside.map((cut): Cut => ({ ...cut, outline: cut.outline.map(([z, r]): Point => [z, -r]) }));
  const hatched = (outline: Point[]): Cut => ({ part: 'housing', style: 'hatched', outline });
  return [hatched(upper), hatched(lower), ...inside, ...below];
}

/**
 * Pillow block housing. `d` is the shaft, `D` the seat of the bearing, `B` the width of the foot. Where the product
 * has an inner ring, the insert bearing is drawn mounted in it.
 */
export function housing(dimensions: Dimensions, has: (part: PartName) => boolean): Result<Model> {
  const checked = planPart('insert', { ...dimensions, rows: 1 }, has);
  if (!checked.ok) return checked;
  const bearing = mounted(dimensions, has);
  if (!bearing.ok) return bearing;
  const { d, D, B } = dimensions;
  const bottom = -SHAPE.height * D;
  const foot = bottom + SHAPE.foot * D;
  const body = (B * BODY_SHARE) / 2;
  const seatEdge = Math.sqrt(Math.max(0.16 * D * D, (D / 2) ** 2 - body ** 2));
  const footPrism: Prism = {
    type: 'prism',
    part: 'housing',
    outline: footOutline(D, bottom, foot),
    holes: [],
    back: -B / 2,
    front: B / 2,
  };
  const bodyPrism: Prism = {
    type: 'prism',
    part: 'housing',
    outline: archOutline(D, foot),
    back: -body,
    front: body,
    holes: [{ x: 0, y: 0, radius: seatEdge }],
  };
  const seat: ProfilePoint[] = [1, 0.5, 0, -0.5, -1].map((share) => [
    Math.sqrt(Math.max(0.16 * D * D, (D / 2) ** 2 - (share * body) ** 2)),
    share * body,
  ]);
  const wall: Item = { type: 'turned', part: 'housing', points: seat, light: 0.6, marks: true };
  const half = (SHAPE.length * D) / 2;
  const hull = [-1, 1].flatMap((z) => [
    { radius: 0, z: (z * B) / 2, x: half, y: bottom },
    { radius: 0, z: (z * B) / 2, x: -half, y: bottom },
    { radius: SHAPE.top * D, z: z * body, x: 0, y: 0 },
  ]);
  const inner = bearing.value?.inner;
  const ends = inner ? inner.outline.map(([, z]) => z) : [];
  const bore = inner ? d / 2 : seatEdge;
  return ok({
    posture: 'standing',
    items: [
      footPrism,
      ...bolts(D, foot, has('screw')),
      wall,
      ...(bearing.value ? itemsBehindInner(bearing.value) : []),
      bodyPrism,
      ...(bearing.value ? itemsOfInner(bearing.value) : []),
    ],
    cuts: housingCuts(D, B, bottom, foot, bearing.value),
    backdrops: [
      {
        part: inner ? 'inner_ring' : 'housing',
        from: [Math.min(-body, ...ends), -bore],
        to: [Math.max(body, ...ends), bore],
        radius: bore,
        hollow: true,
      },
    ],
    hull: [...hull, ...ends.map((z) => ({ radius: d / 2, z, x: 0, y: 0 }))],
    footprint: { level: bottom, across: half, along: B / 2 },
    section: { left: Math.min(-B / 2, ...ends), right: Math.max(B / 2, ...ends), bottom, top: SHAPE.top * D },
  });
}
