import { radialModel, type Plan } from './build.ts';
import type { Model } from './model.ts';
import { innerRing, outerRing, rectangle } from './rings.ts';
import { bars, cageRing, mirror, places, rollerProfile, rollerRow } from './rollers.ts';

/** Cylindrical roller bearing (NU): the outer ring carries the flanges, the inner ring is plain. */
export function cylindricalRoller(plan: Plan): Model {
  const { d, D, B, rows: rowCount } = plan.dimensions;
  const { diameter, length } = plan.elements;
  const { half, chamfer, pitchRadius: p } = plan;
  const rows = places(rowCount, B / rowCount).map((z) =>
    rollerRow(plan, rollerProfile(diameter / 2, diameter / 2, length), { z }),
  );
  const last = Math.max(...rows.map(({ z }) => z));
  const edge = last + length / 2 + 0.01 * B;
  const race = p + diameter / 2;
  const flange = p + 0.3 * diameter;
  const lip = half - 0.4 * chamfer;
  const outer = outerRing({
    part: 'outer_ring',
    wall: D / 2,
    back: -half,
    front: half,
    chamfer,
    land: [
      [flange, lip],
      [flange, edge],
    ],
    deep: [
      [race, edge],
      [race, -edge],
      [flange, -edge],
      [flange, -lip],
    ],
  });
  const track = p - diameter / 2;
  const inner = innerRing({
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
  });
  const ring = rectangle(
    p - 0.24 * diameter,
    p + 0.2 * diameter,
    last + length / 2 + 0.02 * diameter,
    Math.min(half * 0.97, last + length / 2 + 0.2 * diameter),
  );
  const cage = [ring, mirror(ring)].map(cageRing);
  const caged = plan.has('cage');
  return radialModel(plan, {
    outer,
    inner,
    rows: caged ? [...rows, ...rows.map((row) => bars(row, 0.28, length))] : rows,
    elementLight: 0.85,
    over: caged && cage[0] ? [cage[0].item] : [],
    overCuts: caged ? cage.map(({ cut }) => cut) : [],
  });
}
