import type { ProfilePoint } from '../paint/lathe.ts';
import { elementCut, type Plan } from './build.ts';
import type { Cut, Item, Model, Row } from './model.ts';
import { solid } from './rings.ts';
import { bars, rollerProfile } from './rollers.ts';
import { lyingModel, part } from './washers.ts';

/** The rollers of series 292 to 294 lean outwards by about this angle to the axis. */
const LEAN = (46 * Math.PI) / 180;

/** A point beside the roller: `out` along its contact normal (outwards and down), `up` along its own axis. */
function beside(plan: Plan, z: number, out: number, up: number): ProfilePoint {
  const sin = Math.sin(LEAN);
  const cos = Math.cos(LEAN);
  return [plan.pitchRadius + out * cos + up * sin, z - out * sin + up * cos];
}

/** Spherical roller thrust bearing: slanting barrels between a dished housing washer and a conical shaft washer. */
export function thrustSpherical(plan: Plan): Model {
  const { d, D } = plan.dimensions;
  const { half, chamfer: c, pitchRadius } = plan;
  const diameter = Math.min(plan.elements.diameter, 0.36 * plan.dimensions.B);
  const length = Math.min(plan.elements.length, 0.46 * plan.dimensions.B);
  const z = 0.02 * plan.dimensions.B;
  const radius = diameter / 2;
  const crown = 0.05 * length;
  const row: Row = {
    part: 'rolling_elements',
    shape: 'roller',
    count: plan.elements.count,
    pitchRadius,
    z,
    radius,
    profile: rollerProfile(radius * 0.86, radius - crown, length, crown),
    tilt: LEAN,
    phase: Math.PI / 2,
  };
  const at = (out: number, up: number): ProfilePoint => beside(plan, z, out, up);
  const outer = at(radius * 0.97, length * 0.56);
  const edge: ProfilePoint = [Math.min(outer[0], D / 2 - 1.5 * c), outer[1]];
  const dish = [
    edge,
    at(radius, length * 0.25),
    at(radius, 0),
    at(radius * 0.97, -length * 0.3),
    at(radius * 0.9, -length * 0.56),
  ];
  const low = dish.at(-1) ?? edge;
  const foot: ProfilePoint[] = [
    [low[0], -half + c],
    [low[0] + c, -half],
  ];
  const wall: ProfilePoint[] = [
    [D / 2 - c, -half],
    [D / 2, c - half],
    [D / 2, edge[1] - c],
    [D / 2 - c, edge[1]],
  ];
  const rib = at(-radius * 0.35, length * 0.5);
  const ribTop: ProfilePoint = [rib[0] + 0.04 * plan.section, half - c];
  const cone = [at(-radius * 0.86, -length * 0.55), at(-radius, 0), at(-radius, length * 0.5), rib];
  const bore: ProfilePoint[] = [
    [d / 2 + c, half],
    [d / 2, half - c],
    [d / 2, cone[0]?.[1] ?? -half],
  ];
  const head: ProfilePoint[] = [ribTop, [ribTop[0] - c, half], ...bore.slice(0, 1)];
  const ring: ProfilePoint[] = [
    at(radius * 0.3, length * 0.52),
    at(radius * 0.3, length * 0.62),
    at(-radius * 0.3, length * 0.62),
    at(-radius * 0.3, length * 0.52),
  ];
  const caged = plan.has('cage');
  const items: Item[] = [
    part('washer_housing', [low, ...foot], 0.5),
    part('washer_housing', dish, 0.5),
    part('washer_housing', [...wall, edge], 1),
    { type: 'elements', rows: caged ? [row, bars(row, 0.3, length)] : [row], light: 0.92 },
    ...(caged ? [solid('cage', ring, 0.9)] : []),
    part('washer_shaft', bore, 0.75),
    part('washer_shaft', [rib, ...head], 1),
  ];
  const cut = (name: Cut['part'], points: readonly ProfilePoint[]): Cut => ({
    part: name,
    style: 'hatched',
    outline: points.map(([r, along]) => [along, r]),
  });
  return lyingModel(plan, items, [
    cut('washer_housing', [...wall, ...dish, ...foot]),
    cut('washer_shaft', [...cone, ...head, ...bore.slice(1)]),
    elementCut(row),
    ...(caged ? [{ ...cut('cage', ring), style: 'filled' as const }] : []),
  ]);
}
