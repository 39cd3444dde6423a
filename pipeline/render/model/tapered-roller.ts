import type { ProfilePoint } from '../paint/lathe.ts';
import { radialModel, type Plan } from './build.ts';
import type { Model } from './model.ts';
import { innerRing, outerRing } from './rings.ts';
import { bars, cageRing, rollerProfile, rollerRow } from './rollers.ts';

/** Tapered roller bearing: the cone with its large rib stands out in front, the cup is shorter and opens to the front. */
export function taperedRoller(plan: Plan): Model {
  const { d, D, B } = plan.dimensions;
  const { diameter, length } = plan.elements;
  const { half, chamfer, pitchRadius: p } = plan;
  // The raceways may not climb through the section over the width.
  const steepest = Math.atan((0.5 * plan.section) / B);
  const contact = Math.min(steepest, (plan.dimensions.alpha ?? 14) * (Math.PI / 180));
  const half2 = (diameter / 2 / p) * Math.sin(contact) * 0.5 + 0.02;
  const tilt = contact - half2;
  const growth = (length / 2) * Math.tan(half2);
  const z = -0.02 * B;
  const profile = rollerProfile(diameter / 2 - growth, diameter / 2 + growth, length);
  const row = rollerRow(plan, profile, { z, tilt });
  const cupFront = half - 0.19 * B;
  const coneBack = -half + 0.07 * B;
  const cup = (at: number): ProfilePoint => [p + diameter / 2 / Math.cos(contact) + (at - z) * Math.tan(contact), at];
  const slope = tilt - half2;
  const cone = (at: number): ProfilePoint => [p - diameter / 2 / Math.cos(slope) + (at - z) * Math.tan(slope), at];
  const ends = { front: z + (length / 2) * Math.cos(tilt), back: z - (length / 2) * Math.cos(tilt) };
  const rib = p + (length / 2) * Math.sin(tilt) - 0.2 * diameter;
  const outer = outerRing({
    part: 'outer_ring',
    wall: D / 2,
    back: -half,
    front: cupFront,
    chamfer,
    land: [cup(cupFront - 0.3 * chamfer)],
    deep: [cup(cupFront - 0.3 * chamfer), cup(-half + 0.3 * chamfer)],
  });
  const inner = innerRing({
    part: 'inner_ring',
    wall: d / 2,
    back: coneBack,
    front: half,
    chamfer,
    land: [
      [rib, half - 0.4 * chamfer],
      [rib, ends.front + 0.02 * B],
    ],
    deep: [
      cone(ends.front),
      cone(ends.back),
      [cone(ends.back)[0] + 0.12 * diameter, ends.back - 0.01 * B],
      [cone(ends.back)[0] + 0.1 * diameter, coneBack + 0.3 * chamfer],
    ],
  });
  const middle = p + (ends.front - z + 0.03 * B) * Math.tan(tilt);
  const ring: ProfilePoint[] = [
    [middle + 0.22 * diameter, ends.front - 0.05 * B],
    [middle + 0.26 * diameter, ends.front + 0.05 * B],
    [middle + 0.02 * diameter, ends.front + 0.075 * B],
    [middle + 0.0 * diameter, ends.front + 0.045 * B],
  ];
  const cage = cageRing(ring);
  const caged = plan.has('cage');
  return radialModel(plan, {
    outer,
    inner,
    rows: caged ? [row, bars(row, 0.3, length)] : [row],
    elementLight: 0.9,
    over: caged ? [cage.item] : [],
    overCuts: caged ? [cage.cut] : [],
  });
}
