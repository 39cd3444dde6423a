import type { ProfilePoint } from '../paint/lathe.ts';
import { radialModel, type Plan } from './build.ts';
import type { Model } from './model.ts';
import { innerRing, outerRing, rectangle } from './rings.ts';
import { bars, cageRing, mirror, rollerProfile, rollerRow } from './rollers.ts';

/** Spherical roller bearing: two rows of barrels in one spherical raceway. */
export function sphericalRoller(plan: Plan): Model {
  const { d, D, B, rows: rowCount } = plan.dimensions;
  const { diameter } = plan.elements;
  // Longer barrels would bulge through the rings; real ones are up to about 1.6 times as long as thick.
  const length = Math.min(plan.elements.length, 1.8 * diameter);
  const { half, chamfer } = plan;
  const offset = rowCount === 1 ? 0 : Math.min(B * 0.245, length * 0.6);
  const p = plan.pitchRadius;
  const tilt = Math.atan2(offset, p);
  const sphere = Math.hypot(p, offset) + diameter / 2;
  const crown = length ** 2 / 8 / sphere;
  const profile = rollerProfile(diameter / 2 - crown, diameter / 2 - crown, length, crown);
  const step = Math.PI / plan.elements.count;
  const rows =
    rowCount === 1
      ? [rollerRow(plan, profile, { z: 0 })]
      : [
          rollerRow(plan, profile, { z: -offset, tilt, phase: step }),
          rollerRow(plan, profile, { z: offset, tilt: -tilt }),
        ];
  const front = rows.at(-1);
  const deepest = D / 2 - 0.06 * plan.section;
  const race = (z: number): ProfilePoint => [Math.min(deepest, Math.sqrt(Math.max(p ** 2, sphere ** 2 - z ** 2))), z];
  const lip = half - 0.4 * chamfer;
  const end = Math.min(lip * 0.97, offset + (length / 2) * Math.cos(tilt) + 0.02 * diameter);
  const track = (z: number): ProfilePoint => [
    p - diameter / 2 - (Math.abs(z) - offset) * Math.tan(tilt) + (z - Math.sign(z) * offset) ** 2 / 2 / sphere,
    z,
  ];
  const low = p - 0.27 * diameter - (end - offset) * Math.tan(tilt);
  const inner = innerRing({
    part: 'inner_ring',
    wall: d / 2,
    back: -half,
    front: half,
    chamfer,
    land: [
      [low, lip],
      [low, end],
    ],
    deep: [
      track(end),
      track(offset),
      track(offset * 0.2),
      track(-offset * 0.2),
      track(-offset),
      track(-end),
      [low, -end],
      [low, -lip],
    ],
  });
  const outer = outerRing({
    part: 'outer_ring',
    wall: D / 2,
    back: -half,
    front: half,
    chamfer,
    land: [race(lip), race(lip * 0.85)],
    deep: [0.85, 0.6, 0.3, 0, -0.3, -0.6, -1].map((share) => race(lip * share)),
  });
  const middle = p - (length / 2) * Math.sin(tilt);
  const ring = rectangle(
    middle - 0.24 * diameter,
    middle + 0.14 * diameter,
    end - 0.03 * B,
    Math.min(half * 0.99, end + 0.03 * B),
  );
  const cage = cageRing(ring);
  const caged = plan.has('cage') && front !== undefined;
  return radialModel(plan, {
    outer,
    inner,
    rows: caged ? [...rows, bars(front, 0.24, length)] : rows,
    elementLight: 0.92,
    over: caged ? [cage.item] : [],
    overCuts: caged ? [cage, cageRing(mirror(ring))].map(({ cut }) => cut) : [],
  });
}
