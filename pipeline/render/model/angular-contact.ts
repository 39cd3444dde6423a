import { ballRow, radialModel, HALF_GAP, OSCULATION, rowPlaces, type Plan } from './build.ts';
import type { Model } from './model.ts';
import { groove, innerRing, outerRing, rectangle, solid } from './rings.ts';

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
  const outerGroove = [...places]
    .reverse()
    .flatMap((z) => groove(1, { pitchRadius: p, z, radius, edges: [0.12 * ball, -0.42 * ball] }));
  const innerGroove = [...places]
    .reverse()
    .flatMap((z) => groove(-1, { pitchRadius: p, z, radius, edges: [0.44 * ball, -0.3 * ball] }));
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
    over: caged ? [solid('cage', rim, 0.9)] : [],
    overCuts: caged ? [{ part: 'cage', style: 'filled', outline: rim.map(([r, z]) => [z, r]) }] : [],
  });
}
