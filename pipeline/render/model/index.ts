import type { Dimensions, PartKind } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { angularContact } from './angular-contact.ts';
import type { Plan, Traits } from './build.ts';
import { planPart } from './check.ts';
import { cylindricalRoller } from './cylindrical-roller.ts';
import { deepGroove } from './deep-groove.ts';
import { isSphericalThrust } from './designation.ts';
import { housing } from './housing.ts';
import { insert } from './insert.ts';
import type { Model } from './model.ts';
import { needleRoller } from './needle-roller.ts';
import { selfAligning } from './self-aligning.ts';
import { sphericalRoller } from './spherical-roller.ts';
import { taperedRoller } from './tapered-roller.ts';
import { thrustBall } from './thrust-ball.ts';
import { thrustRoller } from './thrust-roller.ts';
import { thrustSpherical } from './thrust-spherical.ts';

const KINDS: Record<Exclude<PartKind, 'housing'>, (plan: Plan) => Model> = {
  deep_groove: deepGroove,
  angular_contact: angularContact,
  self_aligning: selfAligning,
  cylindrical_roller: cylindricalRoller,
  tapered_roller: taperedRoller,
  spherical_roller: sphericalRoller,
  needle_roller: needleRoller,
  thrust_ball: thrustBall,
  thrust_roller: (plan) => (isSphericalThrust(plan.designation) ? thrustSpherical(plan) : thrustRoller(plan)),
  insert,
};

/**
 * The model of a product from its kind and boundary dimensions. `traits` are what else its designation and parts say.
 * Fails with `part_not_drawable`.
 */
export function modelOf(kind: PartKind, dimensions: Dimensions, traits: Traits): Result<Model> {
  if (kind === 'housing') return housing(dimensions, traits);
  if (!Object.hasOwn(KINDS, kind)) {
    return fail('part_not_drawable', `There is no drawing for parts of the kind "${String(kind).slice(0, 40)}".`);
  }
  const plan = planPart(kind, dimensions, traits);
  return plan.ok ? ok(KINDS[kind](plan.value)) : plan;
}
