import { radialModel, type Plan } from './build.ts';
import type { Model } from './model.ts';
import { innerRing, outerRing, rectangle } from './rings.ts';
import { bars, cageRing, mirror, places, rollerProfile, rollerRow } from './rollers.ts';

/** Needle roller bearing: with rings (NA), or a drawn cup that runs on the shaft (HK) where it has no inner ring. */
export function needleRoller(plan: Plan): Model {
  const { d, D, B, rows: rowCount } = plan.dimensions;
  const { diameter, length } = plan.elements;
  const { half, chamfer, pitchRadius: p } = plan;
  const profile = rollerProfile(diameter / 2, diameter / 2, length);
  const rows = places(rowCount, length * 1.04).map((z) => rollerRow(plan, profile, { z }));
  const end = Math.max(...rows.map(({ z }) => z)) + length / 2;
  const edge = end + 0.01 * B;
  const race = p + diameter / 2;
  const flange = p + 0.12 * diameter;
  const lip = half - 0.4 * chamfer;
  const outer = outerRing({
    part: 'outer_ring',
    wall: D / 2,
    back: -half,
    front: half,
    chamfer,
    land: [
      [flange, lip],
      [flange, edge + 0.03 * B],
    ],
    deep: [
      [race, edge + 0.03 * B],
      [race, -edge],
      [flange, -edge],
      [flange, -lip],
    ],
  });
  const track = p - diameter / 2;
  const inner = plan.has('inner_ring')
    ? innerRing({
        part: 'inner_ring',
        wall: d / 2,
        back: -half,
        front: half,
        chamfer,
        land: [
          [track, lip],
          [track, edge],
        ],
        deep: [
          [track, edge],
          [track, -lip],
        ],
      })
    : null;
  const ring = rectangle(
    p - 0.38 * diameter,
    p + 0.06 * diameter,
    end + 0.01 * B,
    Math.min(half * 0.98, end + 0.07 * B),
  );
  const cage = [ring, mirror(ring)].map(cageRing);
  const caged = plan.has('cage');
  return radialModel(plan, {
    outer,
    inner,
    // Between two rings the bars are out of sight; through the bore of a drawn cup they are seen.
    rows: caged && inner === null ? [...rows, ...rows.map((row) => bars(row, 0.3, length))] : rows,
    elementLight: 0.8,
    over: caged && cage[0] ? [cage[0].item] : [],
    overCuts: caged ? cage.map(({ cut }) => cut) : [],
  });
}
