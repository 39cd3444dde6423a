import type { Dimensions } from '../../../shared/domain/index.ts';
import { ok, type Result } from '../../../shared/errors/index.ts';
import type { ProfilePoint } from '../paint/lathe.ts';
import { cutsOf, itemsBehindInner, itemsOfInner, type RadialParts } from './build.ts';
import { planPart } from './check.ts';
import { housingOutlines, housingPrisms, housingShape, type HousingShape } from './housing-shape.ts';
import { insertParts } from './insert.ts';
import type { Cut, Fitting, Item, Model, PartName } from './model.ts';
import { rectangle, solid } from './rings.ts';

function upright(part: PartName, at: Fitting['at'], points: readonly ProfilePoint[], light: number): Fitting {
  return { type: 'fitting', part, at, axis: [0, 1, 0], points, light };
}

/** The bolts in the foot with their washers, or the holes for them. */
function bolts({ bolts: distance, bolt: r, foot }: HousingShape, screwed: boolean): Fitting[] {
  return [-1, 1].flatMap((side): Fitting[] => {
    const at: Fitting['at'] = [side * distance, foot, 0];
    if (!screwed) {
      const rim: ProfilePoint[] = [
        [r * 1.3, 0],
        [r, 0],
      ];
      const hole: ProfilePoint[] = [
        [r, 0],
        [0, 0],
      ];
      return [upright('housing', at, rim, 1.15), upright('housing', at, hole, 0.12)];
    }
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
    return [upright('screw', at, washer, 0.85), upright('screw', at, head, 1)];
  });
}

/** The bearing that is mounted in a housing unit; null for the bare housing. */
function mounted(dimensions: Dimensions, has: (part: PartName) => boolean): Result<RadialParts | null> {
  const plan = planPart('insert', { ...dimensions, rows: 1 }, has);
  if (!plan.ok) return plan;
  return ok(has('inner_ring') ? insertParts(plan.value) : null);
}

function housingCuts(shape: HousingShape, bearing: RadialParts | null): Cut[] {
  const { upper, lower } = housingOutlines(shape);
  const inside = bearing ? cutsOf(bearing) : [];
  const below = inside.map((cut): Cut => ({ ...cut, outline: cut.outline.map(([z, r]) => [z, -r] as const) }));
  return [
    { part: 'housing', style: 'hatched', outline: upper },
    { part: 'housing', style: 'hatched', outline: lower },
    ...inside,
    ...below,
  ];
}

function housingItems(shape: HousingShape, bearing: RadialParts | null, screwed: boolean): Item[] {
  const { back, body, front } = housingPrisms(shape);
  const { seat, seatEdge, bodyHalf, boss } = shape;
  const wall: Item = { type: 'turned', part: 'housing', points: seat, light: 0.62, marks: true };
  const rim = rectangle(seatEdge, seatEdge * 1.16, bodyHalf, bodyHalf + boss);
  return [
    back,
    wall,
    ...(bearing ? itemsBehindInner(bearing) : []),
    body,
    solid('housing', rim, 1.08),
    front,
    ...bolts(shape, screwed),
    ...(bearing ? itemsOfInner(bearing) : []),
  ];
}

/**
 * Pillow block housing. `d` is the shaft, `D` the seat of the bearing, `B` the width of the foot. Where the product
 * has an inner ring, the insert bearing is drawn mounted in it.
 */
export function housing(dimensions: Dimensions, has: (part: PartName) => boolean): Result<Model> {
  const mountedBearing = mounted(dimensions, has);
  if (!mountedBearing.ok) return mountedBearing;
  const bearing = mountedBearing.value;
  const shape = housingShape(dimensions.D, dimensions.B);
  const { bottom, top, half, footHalf, bodyHalf } = shape;
  const ends = bearing?.inner ? bearing.inner.outline.map(([, z]) => z) : [];
  const bore = bearing ? dimensions.d / 2 : dimensions.D / 2;
  const corners = [-1, 1].flatMap((side) => [
    { radius: 0, x: half, y: bottom, z: side * footHalf },
    { radius: 0, x: -half, y: bottom, z: side * footHalf },
    { radius: top, x: 0, y: 0, z: side * bodyHalf },
  ]);
  const left = Math.min(-bodyHalf, ...ends);
  const right = Math.max(bodyHalf, ...ends);
  return ok({
    posture: 'standing',
    items: housingItems(shape, bearing, has('screw')),
    cuts: housingCuts(shape, bearing),
    backdrops: [
      { part: bearing ? 'inner_ring' : 'housing', from: [left, -bore], to: [right, bore], radius: bore, hollow: true },
    ],
    hull: [...corners, ...ends.map((z) => ({ radius: dimensions.d / 2, z, x: 0, y: 0 }))],
    footprint: { level: bottom, across: half, along: footHalf },
    section: { left: Math.min(-footHalf, left), right: Math.max(footHalf, right), bottom, top },
  });
}
