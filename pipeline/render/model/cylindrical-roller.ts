import type { ProfilePoint } from '../paint/lathe.ts';
import { radialModel, type Plan } from './build.ts';
import { flangesOf } from './designation.ts';
import type { Model } from './model.ts';
import { innerRing, outerRing, rectangle } from './rings.ts';
import { bars, cageRing, mirror, places, rollerProfile, rollerRow } from './rollers.ts';

/** One ring's gap side: its raceway, with a flange at either end that is asked for, front to back. */
function gapSide(
  race: number,
  flange: number,
  ends: { readonly lip: number; readonly edge: number },
  at: { readonly front: boolean; readonly back: boolean },
): { readonly land: ProfilePoint[]; readonly deep: ProfilePoint[] } {
  const { lip, edge } = ends;
  const front = at.front ? flange : race;
  const back = at.back ? flange : race;
  return {
    land: [
      [front, lip],
      [front, edge],
    ],
    deep: [
      [front, edge],
      [race, edge],
      [race, -edge],
      [back, -edge],
      [back, -lip],
    ],
  };
}

/** Cylindrical roller bearing; its series (NU, NJ, NUP, N) says which ring carries the flanges. */
export function cylindricalRoller(plan: Plan): Model {
  const { d, D, B, rows: rowCount } = plan.dimensions;
  const { diameter, length } = plan.elements;
  const { half, chamfer, pitchRadius: p } = plan;
  const profile = rollerProfile(diameter / 2, diameter / 2, length);
  const rows = places(rowCount, B / rowCount).map((z) => rollerRow(plan, profile, { z }));
  const last = Math.max(...rows.map(({ z }) => z));
  const flanges = flangesOf(plan.designation);
  const ends = { lip: half - 0.4 * chamfer, edge: last + length / 2 + 0.01 * B };
  const faces = { back: -half, front: half, chamfer };
  const both = { front: flanges.outer, back: flanges.outer };
  const outerSide = gapSide(p + diameter / 2, p + 0.3 * diameter, ends, both);
  const sides = { front: flanges.innerFront, back: flanges.innerBack };
  const innerSide = gapSide(p - diameter / 2, p - 0.3 * diameter, ends, sides);
  const ring = rectangle(
    p - 0.24 * diameter,
    p + 0.2 * diameter,
    last + length / 2 + 0.02 * diameter,
    Math.min(half * 0.97, last + length / 2 + 0.2 * diameter),
  );
  const cage = [ring, mirror(ring)].map(cageRing);
  const caged = plan.has('cage');
  return radialModel(plan, {
    outer: outerRing({ part: 'outer_ring', wall: D / 2, ...faces, ...outerSide }),
    inner: innerRing({ part: 'inner_ring', wall: d / 2, ...faces, ...innerSide }),
    rows: caged ? [...rows, ...rows.map((row) => bars(row, 0.28, length))] : rows,
    elementLight: 0.85,
    over: caged && cage[0] ? [cage[0].item] : [],
    overCuts: caged ? cage.map(({ cut }) => cut) : [],
  });
}
