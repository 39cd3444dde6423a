import type { Dimensions } from '../../../shared/domain/index.ts';
import { ok, type Result } from '../../../shared/errors/index.ts';
import { cutsOf, itemsBehindInner, itemsOfInner, type RadialParts, type Traits } from './build.ts';
import { boltItems } from './bolts.ts';
import { planPart } from './check.ts';
import { isFlangeHousing } from './designation.ts';
import { flangeHousing } from './flange-housing.ts';
import { housingOutlines, housingPrisms, housingShape, type HousingShape } from './housing-shape.ts';
import { insertParts } from './insert.ts';
import type { Cut, Item, Model } from './model.ts';
import { rectangle, solid } from './rings.ts';

/** Width of the insert bearing that a housing takes, over its outside diameter (UC 205: 34.1 / 52). */
const INSERT_WIDTH = 0.65;

/** The bearing that is mounted in a housing unit; null for the bare housing. */
function mounted(dimensions: Dimensions, traits: Traits): Result<RadialParts | null> {
  const checked = planPart('insert', { ...dimensions, rows: 1 }, traits);
  if (!checked.ok) return checked;
  if (!traits.has('inner_ring')) return ok(null);
  const plan = planPart('insert', { ...dimensions, rows: 1, B: INSERT_WIDTH * dimensions.D }, traits);
  return plan.ok ? ok(insertParts(plan.value)) : plan;
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
    ...[-1, 1].flatMap((side) => boltItems([side * shape.bolts, shape.foot, 0], [0, 1, 0], shape.bolt, screwed)),
    ...(bearing ? itemsOfInner(bearing) : []),
  ];
}

/**
 * Housing for an insert bearing: a pillow block, or a square flange where the designation says so. `d` is the shaft,
 * `D` the seat of the bearing, `B` the width of the foot or the depth of the flange. Where the product has an inner
 * ring it is a unit and the bearing is drawn mounted in it; a bare housing shows the bolts it comes with.
 */
export function housing(dimensions: Dimensions, traits: Traits): Result<Model> {
  const bearing = mounted(dimensions, traits);
  if (!bearing.ok) return bearing;
  const bolted = bearing.value === null && traits.has('screw');
  const draw = isFlangeHousing(traits.designation) ? flangeHousing : pillowBlock;
  return ok(draw(dimensions, bearing.value, bolted));
}

function pillowBlock(dimensions: Dimensions, bearing: RadialParts | null, screwed: boolean): Model {
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
  return {
    posture: 'standing',
    items: housingItems(shape, bearing, screwed),
    cuts: housingCuts(shape, bearing),
    backdrops: [
      { part: bearing ? 'inner_ring' : 'housing', from: [left, -bore], to: [right, bore], radius: bore, hollow: true },
    ],
    hull: [...corners, ...ends.map((z) => ({ radius: dimensions.d / 2, z, x: 0, y: 0 }))],
    footprint: { level: bottom, across: half, along: footHalf },
    section: { left: Math.min(-footHalf, left), right: Math.max(footHalf, right), bottom, top },
  };
}
