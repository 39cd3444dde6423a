import type { ProfilePoint } from '../paint/lathe.ts';
import { ballRow, elementCut, type Plan } from './build.ts';
import type { Cut, Item, Model } from './model.ts';
import { rectangle, solid } from './rings.ts';
import { lyingModel, part, washerCut, washerItems, washersOf } from './washers.ts';

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
