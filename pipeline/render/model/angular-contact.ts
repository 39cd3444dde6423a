import type { ProfilePoint } from '../paint/lathe.ts';
import { ballRow, HALF_GAP, OSCULATION, radialModel, rowPlaces, type Plan } from './build.ts';
import type { Cut, Model } from './model.ts';
import { groove, innerRing, outerRing, rectangle, solid } from './rings.ts';

/** Where a ring's raceway groove begins and ends over the ball diameter, for a row that opens to the front. */
const GROOVES = { outer: [0.12, -0.42], inner: [0.44, -0.3] } as const;

/** The grooves of all rows, front to back; rows behind the middle are turned round (O arrangement). */
function grooves(plan: Plan, side: 1 | -1, places: readonly number[]): ProfilePoint[] {
  const ball = plan.elements.diameter;
  const [front, back] = side === 1 ? GROOVES.outer : GROOVES.inner;
  return [...places].reverse().flatMap((z) => {
    const edges = z < 0 ? ([-back * ball, -front * ball] as const) : ([front * ball, back * ball] as const);
    return groove(side, { pitchRadius: plan.pitchRadius, z, radius: (ball / 2) * OSCULATION, edges });
  });
}

/**
 * Angular contact ball bearing: the outer ring has a high shoulder on one side of the balls only, so it opens wide to
 * the front. Two rows stand back to back.
 */
export function angularContact(plan: Plan): Model {
  const { d, D, alpha = 40 } = plan.dimensions;
  const ball = plan.elements.diameter;
  const { half, chamfer, pitchRadius: p } = plan;
  const places = rowPlaces(plan);
  const first = Math.max(...places);
  const single = places.length === 1;
  const open = Math.min(p + 0.47 * ball, D / 2 - 0.12 * plan.section);
  const low = p - HALF_GAP * ball;
  // A steeper contact needs a higher shoulder.
  const high = p + ball * Math.max(0.12, 0.26 - 0.1 * Math.sin((alpha * Math.PI) / 180));
  const lip = half - 0.4 * chamfer;
  const outerEnd: ProfilePoint[] = single
    ? [
        [high, first - 0.44 * ball],
        [high, -lip],
      ]
    : [[open, -lip]];
  const innerEnd: ProfilePoint = [single ? p - 0.36 * ball : low, -lip];
  const faces = { back: -half, front: half, chamfer };
  const rim = rectangle(p - 0.13 * ball, p + 0.2 * ball, first + 0.38 * ball, first + 0.56 * ball);
  const rims = single ? [rim] : [rim, rim.map(([r, z]): ProfilePoint => [r, -z])];
  const rimCuts = rims.map((points): Cut => ({
    part: 'cage',
    style: 'filled',
    outline: points.map(([r, z]) => [z, r]),
  }));
  const caged = plan.has('cage');
  return radialModel(plan, {
    outer: outerRing({
      part: 'outer_ring',
      wall: D / 2,
      ...faces,
      land: [
        [open + 0.02 * ball, lip],
        [open, first + GROOVES.outer[0] * ball],
      ],
      deep: [...grooves(plan, 1, places), ...outerEnd],
    }),
    inner: innerRing({
      part: 'inner_ring',
      wall: d / 2,
      ...faces,
      land: [
        [low, lip],
        [low, first + GROOVES.inner[0] * ball],
      ],
      deep: [...grooves(plan, -1, places), innerEnd],
    }),
    rows: places.map((z) => ballRow(plan, z)),
    elementLight: 0.9,
    over: caged ? [solid('cage', rim, 0.9)] : [],
    overCuts: caged ? rimCuts : [],
  });
}
