import { isAboveLimits, type ApprovalPolicy, type Effect, type TenantConfig } from '../../shared/domain/index.ts';

/** What decides for a person: this run's flag, the user's own policy and the tenant's. */
export interface ApprovalRules {
  run: 'ask' | 'auto' | 'deny';
  /** The user's own; always to ask where it is left out. `auto` stands in for it in its run. */
  user?: ApprovalPolicy;
  tenant: TenantConfig['approval'];
}

/** What happens with a change whose effect is known: it is refused, a person is asked, or it runs. */
export type Verdict = 'deny' | 'ask' | 'run';

const STRICTEST: readonly ApprovalPolicy[] = ['always', 'above_limits', 'never'];

/** Decides on a change by its effect alone; nothing the model says has a part in it. The stricter policy holds. */
export function decide({ run, user = 'always', tenant }: ApprovalRules, effect: Effect): Verdict {
  if (run === 'deny') return 'deny';
  const own = run === 'auto' ? 'never' : user;
  const policy = STRICTEST.find((each) => each === own || each === tenant.policy);
  if (policy === 'never') return 'run';
  return policy === 'above_limits' && !isAboveLimits(effect, tenant) ? 'run' : 'ask';
}

/** May a person's standing approval answer for them? Never where the tenant asks, whatever was granted. */
export function mayBeGranted({ run, tenant }: ApprovalRules, effect: Effect): boolean {
  return run === 'ask' && tenant.policy !== 'always' && !isAboveLimits(effect, tenant);
}
