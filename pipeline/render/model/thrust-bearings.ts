import type { ProfilePoint } from '../paint/lathe.ts';
import { ballRow, elementCut, type Plan } from './build.ts';
import type { Cut, Item, Model, PartName, Row, Turned } from './model.ts';
import { rectangle, solid } from './rings.ts';

/** How much narrower the shaft washer's outside and the housing washer's bore are than the boundary dimensions. */
const PLAY = 0.03;

interface Washer {
  readonly part: PartName;
  readonly bore: number;
  readonly outside: number;
  /** Its faces along the axis. */
  readonly bottom: number;
  readonly top: number;
}

function part(name: PartName, points: readonly ProfilePoint[], light: number): Turned {
  return { type: 'turned', part: name, points, light, marks: true };
}

/** A washer's walls and top, chamfered; the bore darkens downwards. */
function washerItems(washer: Washer, chamfer: number, topLight: number): Item[] {
  const { bore, outside, bottom, top } = washer;
  const c = Math.min(chamfer, (top - bottom) * 0.3);
  const middle = (bottom + top) / 2;
  return [
    part(
      washer.part,
      [
        [bore, top - c],
        [bore, middle],
      ],
      0.75,
    ),
    part(
      washer.part,
      [
        [bore, middle],
        [bore, bottom],
      ],
      0.55,
    ),
    part(
      washer.part,
      [
        [outside - c, bottom],
        [outside, bottom + c],
        [outside, top - c],
        [outside - c, top],
      ],
      1,
    ),
    part(
      washer.part,
      [
        [outside - c, top],
        [bore + c, top],
        [bore, top - c],
      ],
      topLight,
    ),
  ];
}

function washerCut(
  { part: name, bore, outside, bottom, top }: Washer,
  c: number,
  race: readonly ProfilePoint[],
  up: boolean,
): Cut {
  const outline: ProfilePoint[] = up
    ? [
        [outside - c, bottom],
        [outside, bottom + c],
        [outside, top],
        ...race,
        [bore, top],
        [bore, bottom + c],
        [bore + c, bottom],
      ]
    : [
        [outside - c, top],
        [outside, top - c],
        [outside, bottom],
        ...race,
        [bore, bottom],
        [bore, top - c],
        [bore + c, top],
      ];
  return { part: name, style: 'hatched', outline: outline.map(([r, z]) => [z, r]) };
}

function washersOf(plan: Plan, gap: number): { readonly lower: Washer; readonly upper: Washer } {
  const { d, D } = plan.dimensions;
  const play = PLAY * plan.section;
  return {
    lower: { part: 'washer_housing', bore: d / 2 + play, outside: D / 2, bottom: -plan.half, top: -gap },
    upper: { part: 'washer_shaft', bore: d / 2, outside: D / 2 - play, bottom: gap, top: plan.half },
  };
}

function lyingModel(plan: Plan, items: Item[], cuts: Cut[]): Model {
  const { d, D } = plan.dimensions;
  const { half } = plan;
  return {
    posture: 'lying',
    items,
    cuts,
    backdrops: [
      { part: 'washer_shaft', from: [0, 0], to: [half, d / 2], radius: d / 2, hollow: true },
      { part: 'washer_housing', from: [-half, 0], to: [0, d / 2], radius: d / 2, hollow: true },
    ],
    hull: [half, -half].map((z) => ({ radius: D / 2, z, x: 0, y: 0 })),
    footprint: { level: -half, across: D / 2, along: D / 2 },
    section: { left: -half, right: half, bottom: 0, top: D / 2 },
  };
}

function raceArc(p: number, radius: number, gap: number, side: 1 | -1): ProfilePoint[] {
  const reach = Math.sqrt(radius ** 2 - gap ** 2);
  return Array.from({ length: 9 }, (_, i) => {
    const across = reach - (2 * reach * i) / 8;
    return [p + across, side * Math.sqrt(radius ** 2 - across ** 2)];
  });
}

/** Thrust ball bearing: housing washer, balls standing out of a flat cage, shaft washer on top. */
export function thrustBall(plan: Plan): Model {
  const ball = plan.elements.diameter;
  const { pitchRadius: p, chamfer, dimensions } = plan;
  const gap = 0.24 * ball;
  const { lower, upper } = washersOf(plan, gap);
  const row = ballRow(plan, 0);
  const race = raceArc(p, ball * 0.52, gap, -1);
  const first = race[0]?.[0] ?? p;
  const last = race.at(-1)?.[0] ?? p;
  const t = 0.05 * ball;
  const room = Math.min(0.62 * ball, dimensions.D / 2 - p - chamfer);
  const plate = rectangle(p - room, p + room, -t, t);
  const caged = plan.has('cage');
  const items: Item[] = [
    ...washerItems(lower, chamfer, 0.6),
    part(lower.part, race, 0.35),
    part(
      lower.part,
      [
        [lower.outside - chamfer, lower.top],
        [first, lower.top],
      ],
      0.7,
    ),
    part(
      lower.part,
      [
        [last, lower.top],
        [lower.bore + chamfer, lower.top],
      ],
      0.5,
    ),
    { type: 'elements', rows: [row], light: 0.85 },
    ...(caged ? [solid('cage', plate, 0.85, false), { type: 'caps' as const, row, light: 0.95 }] : []),
    ...washerItems(upper, chamfer, 1),
  ];
  const sheet: Cut = { part: 'cage', style: 'filled', outline: plate.map(([r, z]) => [z, r]) };
  return lyingModel(plan, items, [
    washerCut(lower, chamfer, race, true),
    washerCut(upper, chamfer, raceArc(p, ball * 0.52, gap, 1), false),
    ...(caged ? [sheet] : []),
    elementCut(row),
  ]);
}

/** Thrust roller bearing: flat washers with rollers lying like spokes in a window cage. */
export function thrustRoller(plan: Plan): Model {
  const { diameter, length, count } = plan.elements;
  const { pitchRadius: p, chamfer } = plan;
  const radius = diameter / 2;
  const { lower, upper } = washersOf(plan, radius);
  const edge = 0.1 * radius;
  const h = length / 2;
  const row: Row = {
    part: 'rolling_elements',
    shape: 'roller',
    count,
    pitchRadius: p,
    z: 0,
    radius,
    profile: [
      [0, -h],
      [radius - edge, -h],
      [radius, edge - h],
      [radius, h - edge],
      [radius - edge, h],
      [0, h],
    ],
    tilt: Math.PI / 2,
    phase: Math.PI / 2,
  };
  const t = 0.55 * radius;
  const rim = Math.min(0.14 * plan.section, plan.section / 2 - h - 0.02 * plan.section);
  const rims = [rectangle(p - h - rim, p - h, -t, t), rectangle(p + h, p + h + rim, -t, t)];
  const caged = plan.has('cage');
  const items: Item[] = [
    ...washerItems(lower, chamfer, 0.5),
    ...(caged ? [solid('cage', rectangle(p - h, p + h, -t, t * 0.6), 0.6, false)] : []),
    { type: 'elements', rows: [row], light: 0.9 },
    ...(caged ? rims.map((points) => solid('cage', points, 0.9, false)) : []),
    ...washerItems(upper, chamfer, 1),
  ];
  const rimCuts = rims.map((points): Cut => ({
    part: 'cage',
    style: 'filled',
    outline: points.map(([r, z]) => [z, r]),
  }));
  return lyingModel(plan, items, [
    washerCut(lower, chamfer, [], true),
    washerCut(upper, chamfer, [], false),
    elementCut(row),
    ...(caged ? rimCuts : []),
  ]);
}
