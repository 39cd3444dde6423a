import { radialModel, type Plan, type RadialParts } from './build.ts';
import { deepGrooveParts } from './deep-groove.ts';
import type { Fitting, Model } from './model.ts';
import { innerRing, outerRing } from './rings.ts';

/** Outer ring width over inner ring width (UC 205: 17 / 34.1), and the share of the inner ring in front of the balls. */
const OUTER_SHARE = 0.5;
const FRONT_SHARE = 0.58;

/** Grub screws in the inner ring's collar: a steel disc and the dark of its socket, 120 degrees apart. */
function grubScrews(radius: number, z: number, size: number): Fitting[] {
  return [105, -15].flatMap((degrees): Fitting[] => {
    const angle = (degrees * Math.PI) / 180;
    const axis: [number, number, number] = [Math.cos(angle), Math.sin(angle), 0];
    const at: [number, number, number] = [axis[0] * radius, axis[1] * radius, z];
    const disc = (r: number, light: number): Fitting => ({
      type: 'fitting',
      part: 'screw',
      at,
      axis,
      points: [
        [r, 0.01 * size],
        [0, 0.01 * size],
      ],
      light,
    });
    return [disc(size, 0.3), disc(size * 0.86, 0.95), disc(size * 0.45, 0.15)];
  });
}

/** Rings, balls, seals and screws of an insert bearing: spherical outside, wide inner ring with grub screws. */
export function insertParts(plan: Plan): RadialParts {
  const { d, D, B } = plan.dimensions;
  // The sphere may not cut deep into a thin ring.
  const cap = Math.sqrt((D / 2) ** 2 - (D / 2 - 0.3 * plan.section) ** 2);
  const outerHalf = Math.min((B * OUTER_SHARE) / 2, 0.2 * D, cap);
  const base = deepGrooveParts(plan, outerHalf);
  const back = -B * (1 - FRONT_SHARE);
  const front = B * FRONT_SHARE;
  const { chamfer } = plan;
  if (!base.outer || !base.inner) return base;
  const shoulder = base.inner.land[0]?.[0] ?? d / 2;
  const grooves = base.inner.deep.filter(([, z]) => Math.abs(z) <= outerHalf).reverse();
  const collar = (front + outerHalf) / 2;
  return {
    ...base,
    outer: outerRing({
      part: 'outer_ring',
      wall: D / 2,
      back: -outerHalf,
      front: outerHalf,
      chamfer,
      land: base.outer.land,
      deep: base.outer.deep,
      spherical: true,
    }),
    inner: innerRing({
      part: 'inner_ring',
      wall: d / 2,
      back,
      front,
      chamfer,
      land: [
        [shoulder, front - 0.4 * chamfer],
        [shoulder, outerHalf],
        [shoulder, grooves[0]?.[1] ?? outerHalf],
      ],
      deep: [...grooves, [shoulder, back + 0.4 * chamfer]],
    }),
    last: plan.has('screw') ? grubScrews(shoulder, collar, Math.min((front - outerHalf) * 0.3, shoulder * 0.22)) : [],
  };
}

/** Insert bearing (UC). */
export function insert(plan: Plan): Model {
  return radialModel(plan, insertParts(plan));
}
