import type { ProfilePoint } from '../paint/lathe.ts';
import { ballRow, radialModel, type Plan, type RadialParts } from './build.ts';
import { closureOf } from './closures.ts';
import type { Cut, Item, Model, Ribbon, Row } from './model.ts';
import { groove, innerRing, outerRing, rectangle, solid } from './rings.ts';

/** Half the gap between the shoulders over the ball diameter: shoulders stand a quarter of the ball high. */
const HALF_GAP = 0.255;
/** Raceway radius over ball radius (osculation of 52 %). */
const OSCULATION = 1.04;

function rowPlaces(plan: Plan): number[] {
  const { rows, B } = plan.dimensions;
  const step = Math.min(plan.elements.diameter * 1.12, B / rows);
  return Array.from({ length: rows }, (_, i) => (i - (rows - 1) / 2) * step);
}

function ribbon(plan: Plan, row: Row): Ribbon {
  const ball = plan.elements.diameter;
  return {
    type: 'ribbon',
    part: 'cage',
    count: row.count,
    phase: row.phase,
    pitchRadius: row.pitchRadius,
    width: 0.36 * ball,
    flat: row.z + 0.07 * ball,
    center: row.z,
    bulge: 0.55 * ball,
    light: 0.82,
  };
}

function ribbonCuts(plan: Plan, row: Row): Cut[] {
  const ball = plan.elements.diameter;
  return [-1, 1].map((side) => {
    const z = row.z + side * 0.53 * ball;
    const r = row.pitchRadius;
    const w = 0.18 * ball;
    const t = 0.035 * ball;
    return {
      part: 'cage',
      style: 'filled',
      outline: [
        [z - t, r - w],
        [z + t, r - w],
        [z + t, r + w],
        [z - t, r + w],
      ],
    };
  });
}

/** Lands and grooves of one ring of a deep groove bearing, front to back. */
function deepGrooveGap(
  plan: Plan,
  side: 1 | -1,
  places: readonly number[],
  half: number,
): [ProfilePoint[], ProfilePoint[]] {
  const ball = plan.elements.diameter;
  const radius = (ball / 2) * OSCULATION;
  const edge = Math.sqrt(radius ** 2 - (HALF_GAP * ball) ** 2);
  const land = plan.pitchRadius + side * HALF_GAP * ball;
  const reach = Math.min(edge, half * 0.96 - Math.max(...places));
  const frontMost = Math.max(...places) + reach;
  const deep = [...places].reverse().flatMap((z) => groove(side, plan.pitchRadius, z, radius, [reach, -reach]));
  return [
    [
      [land, half - 0.4 * plan.chamfer],
      [land, frontMost],
    ],
    [...deep, [land, -half + 0.4 * plan.chamfer]],
  ];
}

/** With closures the shoulders are cut back at the faces, where the discs sit. */
function withSeat(lands: ProfilePoint[], radius: number, depth: number): ProfilePoint[] {
  const [first, last] = lands;
  if (!first || !last) return lands;
  const seat = Math.max(last[1], first[1] - depth);
  return [[radius, first[1]], [radius, seat], [last[0], seat], last];
}

/** Rings, balls, cage and closures of a deep groove ball bearing; the outer ring may be narrower (insert bearings). */
export function deepGrooveParts(plan: Plan, outerHalf = plan.half): RadialParts {
  const { d, D, closure } = plan.dimensions;
  const ball = plan.elements.diameter;
  const places = rowPlaces(plan);
  const rows = places.map((z) => ballRow(plan, z));
  const outerGap = deepGrooveGap(plan, 1, places, outerHalf);
  const innerGap = deepGrooveGap(plan, -1, places, plan.half);
  const over: Item[] = [];
  const overCuts: Cut[] = [];
  const front = rows.at(-1);
  if (plan.has('cage') && front) {
    if (closure === 'open') over.push(ribbon(plan, front));
    overCuts.push(...rows.flatMap((row) => ribbonCuts(plan, row)));
  }
  let [outerLand] = outerGap;
  if (closure !== 'open') {
    const thickness = Math.min(0.14 * plan.section, outerHalf * 0.2);
    const seatRadius = plan.pitchRadius + (HALF_GAP * ball + D / 2) * 0.5 - plan.pitchRadius * 0.5;
    const outer = Math.min(seatRadius, D / 2 - 0.17 * plan.section);
    const inner = plan.pitchRadius - HALF_GAP * ball + (closure === 'seal' ? 0 : 0.035) * plan.section;
    const face = outerHalf - 0.3 * thickness;
    const other = closure === 'shield' ? 'seal' : 'shield';
    const part = plan.has(other) && !plan.has(closure) ? other : closure;
    const disc = closureOf({ closure, part, outer, inner, face, thickness }, -face);
    over.push(...disc.items);
    overCuts.push(...disc.cuts);
    outerLand = withSeat(outerLand, outer, thickness * 1.6);
  }
  const { chamfer } = plan;
  return {
    outer: outerRing({
      part: 'outer_ring',
      wall: D / 2,
      back: -outerHalf,
      front: outerHalf,
      chamfer,
      land: outerLand,
      deep: outerGap[1],
    }),
    inner: innerRing({
      part: 'inner_ring',
      wall: d / 2,
      back: -plan.half,
      front: plan.half,
      chamfer,
      land: innerGap[0],
      deep: innerGap[1],
    }),
    rows,
    elementLight: 0.75,
    over,
    overCuts,
  };
}

/** Deep groove ball bearing, open, shielded or sealed, in one or more rows. */
export function deepGroove(plan: Plan): Model {
  return radialModel(plan, deepGrooveParts(plan));
}

/** Angular contact ball bearing: the outer ring has its shoulder at the back only, so the front opens wide. */
export function angularContact(plan: Plan): Model {
  const { d, D } = plan.dimensions;
  const ball = plan.elements.diameter;
  const radius = (ball / 2) * OSCULATION;
  const { half, chamfer, pitchRadius: p } = plan;
  const places = rowPlaces(plan);
  const rows = places.map((z) => ballRow(plan, z));
  const first = Math.max(...places);
  const contact = ((plan.dimensions.alpha ?? 40) * Math.PI) / 180;
  const open = Math.min(p + 0.47 * ball, D / 2 - 0.12 * plan.section);
  const high = p + ball * Math.max(0.12, 0.26 - 0.1 * Math.sin(contact));
  const back = -half + 0.4 * chamfer;
  const lip = half - 0.4 * chamfer;
  const outerGroove = [...places].reverse().flatMap((z) => groove(1, p, z, radius, [0.12 * ball, -0.42 * ball]));
  const innerGroove = [...places].reverse().flatMap((z) => groove(-1, p, z, radius, [0.44 * ball, -0.3 * ball]));
  const low = p - HALF_GAP * ball;
  const outer = outerRing({
    part: 'outer_ring',
    wall: D / 2,
    back: -half,
    front: half,
    chamfer,
    land: [
      [open + 0.02 * ball, lip],
      [open, first + 0.12 * ball],
    ],
    deep: [...outerGroove, [high, first - 0.44 * ball], [high, back]],
  });
  const inner = innerRing({
    part: 'inner_ring',
    wall: d / 2,
    back: -half,
    front: half,
    chamfer,
    land: [
      [low, lip],
      [low, first + 0.44 * ball],
    ],
    deep: [...innerGroove, [p - 0.36 * ball, back]],
  });
  const rim = rectangle(p - 0.13 * ball, p + 0.2 * ball, first + 0.38 * ball, first + 0.56 * ball);
  const caged = plan.has('cage');
  return radialModel(plan, {
    outer,
    inner,
    rows,
    elementLight: 0.9,
    over: caged ? [solid('cage', rim, 0.9, false)] : [],
    overCuts: caged ? [{ part: 'cage', style: 'filled', outline: rim.map(([r, z]) => [z, r]) }] : [],
  });
}

/** Self-aligning ball bearing: two staggered rows that run in one spherical raceway of the outer ring. */
export function selfAligning(plan: Plan): Model {
  const { d, D } = plan.dimensions;
  const ball = plan.elements.diameter;
  const { half, chamfer } = plan;
  const spread = Math.min(0.52 * ball, half - 0.46 * ball);
  const sphere = Math.hypot(plan.pitchRadius, spread) + ball / 2;
  const race = (z: number): ProfilePoint => [Math.sqrt(sphere ** 2 - z ** 2), z];
  const lip = half - 0.4 * chamfer;
  const innerGroove = (z: number): ProfilePoint[] =>
    groove(-1, plan.pitchRadius, z, ball * 0.52, [0.4 * ball, -0.4 * ball]);
  const step = Math.PI / plan.elements.count;
  const rows = [ballRow(plan, -spread, step), ballRow(plan, spread)];
  const low = plan.pitchRadius - 0.32 * ball;
  const frontEdge = Math.min(spread + 0.4 * ball, half * 0.97);
  const outer = outerRing({
    part: 'outer_ring',
    wall: D / 2,
    back: -half,
    front: half,
    chamfer,
    land: [race(lip), race(lip * 0.8)],
    deep: [0.6, 0.3, 0, -0.3, -0.6, -1].map((share) => race(lip * share)),
  });
  const inner = innerRing({
    part: 'inner_ring',
    wall: d / 2,
    back: -half,
    front: half,
    chamfer,
    land: [
      [low, lip],
      [low, frontEdge],
    ],
    deep: [...innerGroove(spread), ...innerGroove(-spread), [low, -lip]],
  });
  const rim = rectangle(
    plan.pitchRadius - 0.3 * ball,
    plan.pitchRadius + 0.12 * ball,
    spread + 0.4 * ball,
    spread + 0.46 * ball,
  );
  const caged = plan.has('cage');
  const bars: Row = { ...ballRow(plan, spread, step), part: 'cage', radius: 0.13 * ball, z: spread + 0.3 * ball };
  return radialModel(plan, {
    outer,
    inner,
    rows: caged ? [...rows, bars] : rows,
    elementLight: 0.9,
    over: caged ? [solid('cage', rim, 0.9, false)] : [],
    overCuts: [],
  });
}
