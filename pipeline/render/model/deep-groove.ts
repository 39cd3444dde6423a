import type { ProfilePoint } from '../paint/lathe.ts';
import { ballRow, HALF_GAP, OSCULATION, radialModel, rowPlaces, type Plan, type RadialParts } from './build.ts';
import { closureOf } from './closures.ts';
import type { Cut, Item, Model, Ribbon, Row } from './model.ts';
import { groove, innerRing, outerRing } from './rings.ts';

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
  const deep = [...places]
    .reverse()
    .flatMap((z) => groove(side, { pitchRadius: plan.pitchRadius, z, radius, edges: [reach, -reach] }));
  return [
    [
      [land, half - 0.4 * plan.chamfer],
      [land, frontMost],
    ],
    [...deep, [land, -half + 0.4 * plan.chamfer]],
  ];
}

/** With closures the outer ring is cut back at both faces, where the discs sit: its gap side, front to back. */
function seatedGap(
  [lands, deep]: [ProfilePoint[], ProfilePoint[]],
  radius: number,
  depth: number,
): [ProfilePoint[], ProfilePoint[]] {
  const [first, last] = lands;
  if (!first || !last) return [lands, deep];
  const seat = Math.max(last[1], first[1] - depth);
  const front: ProfilePoint[] = [
    [radius, first[1]],
    [radius, seat],
  ];
  const shoulder: ProfilePoint[] = [[last[0], seat], last];
  const back = [...front, ...shoulder].reverse().map(([r, z]): ProfilePoint => [r, -z]);
  return [front, [...front.slice(1), ...shoulder, ...deep.slice(0, -1), ...back]];
}

/** The seal or shield of a bearing and the radius of its seat in the outer ring. */
function closureFor(
  plan: Plan,
  closure: 'seal' | 'shield',
  outerHalf: number,
): { readonly items: Item[]; readonly cuts: Cut[]; readonly seat: number; readonly depth: number } {
  const ball = plan.elements.diameter;
  const thickness = Math.min(0.14 * plan.section, outerHalf * 0.2);
  const rim = plan.dimensions.D / 2;
  const seat = Math.min((plan.pitchRadius + HALF_GAP * ball + rim) / 2, rim - 0.17 * plan.section);
  const inner = plan.pitchRadius - HALF_GAP * ball + (closure === 'seal' ? 0 : 0.035) * plan.section;
  const face = outerHalf - 0.3 * thickness;
  const other = closure === 'shield' ? 'seal' : 'shield';
  const part = plan.has(other) && !plan.has(closure) ? other : closure;
  return { ...closureOf({ closure, part, outer: seat, inner, face, thickness }, -face), seat, depth: thickness * 1.6 };
}

/** Rings, balls, cage and closures of a deep groove ball bearing; the outer ring may be narrower (insert bearings). */
export function deepGrooveParts(plan: Plan, outerHalf = plan.half): RadialParts {
  const { d, D, closure } = plan.dimensions;
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
  const disc = closure === 'open' ? null : closureFor(plan, closure, outerHalf);
  if (disc) {
    over.push(...disc.items);
    overCuts.push(...disc.cuts);
  }
  const [land, deep] = disc ? seatedGap(outerGap, disc.seat, disc.depth) : outerGap;
  const { chamfer } = plan;
  return {
    outer: outerRing({
      part: 'outer_ring',
      wall: D / 2,
      back: -outerHalf,
      front: outerHalf,
      chamfer,
      land,
      deep,
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
    closed: closure !== 'open',
    elementLight: 0.75,
    over,
    overCuts,
  };
}

/** Deep groove ball bearing, open, shielded or sealed, in one or more rows. */
export function deepGroove(plan: Plan): Model {
  return radialModel(plan, deepGrooveParts(plan));
}
