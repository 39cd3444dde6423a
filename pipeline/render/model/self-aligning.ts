import type { ProfilePoint } from '../paint/lathe.ts';
import { ballRow, radialModel, type Plan } from './build.ts';
import type { Model, Row } from './model.ts';
import { groove, innerRing, outerRing, rectangle, solid } from './rings.ts';

/** Self-aligning ball bearing: two staggered rows that run in one spherical raceway of the outer ring. */
export function selfAligning(plan: Plan): Model {
  const { d, D } = plan.dimensions;
  const ball = plan.elements.diameter;
  const { half, chamfer } = plan;
  const spread = Math.min(0.52 * ball, half - 0.46 * ball);
  const sphere = Math.hypot(plan.pitchRadius, spread) + ball / 2;
  const deepest = D / 2 - 0.06 * plan.section;
  const race = (z: number): ProfilePoint => [
    Math.min(deepest, Math.sqrt(Math.max(plan.pitchRadius ** 2, sphere ** 2 - z ** 2))),
    z,
  ];
  const lip = half - 0.4 * chamfer;
  const innerGroove = (z: number): ProfilePoint[] =>
    groove(-1, { pitchRadius: plan.pitchRadius, z, radius: ball * 0.52, edges: [0.4 * ball, -0.4 * ball] });
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
    deep: [0.8, 0.6, 0.3, 0, -0.3, -0.6, -1].map((share) => race(lip * share)),
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
    plan.pitchRadius - 0.28 * ball,
    plan.pitchRadius + 0.04 * ball,
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
    over: caged ? [solid('cage', rim, 0.9)] : [],
    overCuts: [],
  });
}
