import type { ProfilePoint } from '../paint/lathe.ts';
import type { Plan } from './build.ts';
import type { Cut, Item, Model, PartName, Turned } from './model.ts';

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

/** A stretch of a washer's skin. */
export function part(name: PartName, points: readonly ProfilePoint[], light: number): Turned {
  return { type: 'turned', part: name, points, light, marks: true };
}

/** A washer's walls and top, chamfered; the bore darkens downwards. */
export function washerItems(washer: Washer, chamfer: number, topLight: number): Item[] {
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

/** A washer in the cross-section; `race` is its raceway from outside to inside, `up` where that is its top. */
export function washerCut(
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

/** The two washers, whose faces leave a gap of twice `gap` in the middle. */
export function washersOf(plan: Plan, gap: number): { readonly lower: Washer; readonly upper: Washer } {
  const { d, D } = plan.dimensions;
  const play = PLAY * plan.section;
  return {
    lower: { part: 'washer_housing', bore: d / 2 + play, outside: D / 2, bottom: -plan.half, top: -gap },
    upper: { part: 'washer_shaft', bore: d / 2, outside: D / 2 - play, bottom: gap, top: plan.half },
  };
}

/** The model of a bearing that lies on its housing washer. */
export function lyingModel(plan: Plan, items: Item[], cuts: Cut[]): Model {
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
