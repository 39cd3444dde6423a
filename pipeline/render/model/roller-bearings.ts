import type { ProfilePoint } from '../paint/lathe.ts';
import { radialModel, type Plan } from './build.ts';
import type { Cut, Item, Model, Row } from './model.ts';
import { innerRing, outerRing, rectangle, solid } from './rings.ts';

/** Profile of a roller from the back end's centre to the front end's: straight, tapered, or a barrel with `crown` > 0. */
function rollerProfile(backRadius: number, frontRadius: number, length: number, crown = 0): ProfilePoint[] {
  const edge = 0.12 * Math.min(backRadius, frontRadius);
  const h = length / 2;
  const steps = crown > 0 ? 5 : 1;
  const side: ProfilePoint[] = [];
  for (let i = 0; i <= steps; i += 1) {
    const share = (i / steps) * 2 - 1;
    const straight = (backRadius + frontRadius) / 2 + ((frontRadius - backRadius) / 2) * share;
    side.push([straight + crown * (1 - share * share), share * (h - edge)]);
  }
  return [[0, -h], [backRadius - edge, -h], ...side, [frontRadius - edge, h], [0, h]];
}

function rollerRow(plan: Plan, profile: readonly ProfilePoint[], z: number, tilt = 0, phase = 0): Row {
  const { count, diameter } = plan.elements;
  const { pitchRadius } = plan;
  return {
    part: 'rolling_elements',
    shape: 'roller',
    count,
    pitchRadius,
    z,
    radius: diameter / 2,
    profile,
    tilt,
    phase: Math.PI / 2 + phase,
  };
}

/** The bars of a window cage: thin rollers of cage material between the real ones. */
function bars(row: Row, share: number, length: number): Row {
  const radius = row.radius * share;
  return {
    ...row,
    part: 'cage',
    radius,
    profile: rollerProfile(radius, radius, length),
    phase: row.phase + Math.PI / row.count,
  };
}

function cageRing(points: readonly ProfilePoint[]): { readonly item: Item; readonly cut: Cut } {
  return {
    item: solid('cage', points, 0.92, false),
    cut: { part: 'cage', style: 'filled', outline: points.map(([r, z]) => [z, r]) },
  };
}

function mirror(points: readonly ProfilePoint[]): ProfilePoint[] {
  return points.map(([r, z]) => [r, -z]);
}

function places(rows: number, step: number): number[] {
  return Array.from({ length: rows }, (_, i) => (i - (rows - 1) / 2) * step);
}

/** Cylindrical roller bearing (NU): the outer ring carries the flanges, the inner ring is plain. */
export function cylindricalRoller(plan: Plan): Model {
  const { d, D, B, rows: rowCount } = plan.dimensions;
  const { diameter, length } = plan.elements;
  const { half, chamfer, pitchRadius: p } = plan;
  const rows = places(rowCount, B / rowCount).map((z) =>
    rollerRow(plan, rollerProfile(diameter / 2, diameter / 2, length), z),
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

/** Tapered roller bearing: the cone with its large rib stands out in front, the cup is shorter and opens to the front. */
export function taperedRoller(plan: Plan): Model {
  const { d, D, B } = plan.dimensions;
  const { diameter, length } = plan.elements;
  const { half, chamfer, pitchRadius: p } = plan;
  const contact = Math.min(35, plan.dimensions.alpha ?? 14) * (Math.PI / 180);
  const half2 = (diameter / 2 / p) * Math.sin(contact) * 0.5 + 0.02;
  const tilt = contact - half2;
  const growth = (length / 2) * Math.tan(half2);
  const z = -0.02 * B;
  const profile = rollerProfile(diameter / 2 - growth, diameter / 2 + growth, length);
  const row = rollerRow(plan, profile, z, tilt);
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

/** Spherical roller bearing: two rows of barrels in one spherical raceway. */
export function sphericalRoller(plan: Plan): Model {
  const { d, D, B, rows: rowCount } = plan.dimensions;
  const { diameter, length } = plan.elements;
  const { half, chamfer } = plan;
  const offset = rowCount === 1 ? 0 : B * 0.245;
  const p = plan.pitchRadius;
  const tilt = Math.atan2(offset, p);
  const sphere = Math.hypot(p, offset) + diameter / 2;
  const crown = length ** 2 / 8 / sphere;
  const profile = rollerProfile(diameter / 2 - crown, diameter / 2 - crown, length, crown);
  const step = Math.PI / plan.elements.count;
  const rows =
    rowCount === 1
      ? [rollerRow(plan, profile, 0)]
      : [rollerRow(plan, profile, -offset, tilt, step), rollerRow(plan, profile, offset, -tilt)];
  const front = rows.at(-1);
  const race = (z: number): ProfilePoint => [Math.sqrt(Math.max(0, sphere ** 2 - z ** 2)), z];
  const lip = half - 0.4 * chamfer;
  const end = Math.min(lip * 0.97, offset + (length / 2) * Math.cos(tilt) + 0.01 * B);
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
    deep: [0.6, 0.3, 0, -0.3, -0.6, -1].map((share) => race(lip * share)),
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

/** Needle roller bearing: with rings (NA), or a drawn cup that runs on the shaft (HK) where it has no inner ring. */
export function needleRoller(plan: Plan): Model {
  const { d, D, B } = plan.dimensions;
  const { diameter, length } = plan.elements;
  const { half, chamfer, pitchRadius: p } = plan;
  const row = rollerRow(plan, rollerProfile(diameter / 2, diameter / 2, length), 0);
  const edge = length / 2 + 0.01 * B;
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
    length / 2 + 0.01 * B,
    Math.min(half * 0.98, length / 2 + 0.07 * B),
  );
  const cage = [ring, mirror(ring)].map(cageRing);
  const caged = plan.has('cage');
  return radialModel(plan, {
    outer,
    inner,
    rows: caged ? [row, bars(row, 0.3, length)] : [row],
    elementLight: 0.8,
    over: caged && cage[0] ? [cage[0].item] : [],
    overCuts: caged ? cage.map(({ cut }) => cut) : [],
  });
}
