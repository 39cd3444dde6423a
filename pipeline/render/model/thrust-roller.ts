import { elementCut, type Plan } from './build.ts';
import type { Cut, Item, Model, Row } from './model.ts';
import { rectangle, solid } from './rings.ts';
import { lyingModel, washerCut, washerItems, washersOf } from './washers.ts';

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
