import type { Effect, TenantConfig } from '../../shared/domain/index.ts';

/** The user's standing answer of this run and the tenant's policy; the stricter of the two holds. */
export interface ApprovalRules {
  run: 'ask' | 'auto' | 'deny';
  tenant: TenantConfig['approval'];
}

/** What happens with a change whose effect is known: it is refused, a person is asked, or it runs. */
export type Verdict = 'deny' | 'ask' | 'run';

/** Decides on a change by its effect alone; nothing the model says has a part in it. */
export function decide(rules: ApprovalRules, effect: Effect): Verdict {
  if (rules.run === 'deny') return 'deny';
  if (rules.run === 'ask' || rules.tenant.policy === 'always') return 'ask';
  if (rules.tenant.policy === 'never') return 'run';
  return isAboveLimits(rules.tenant, effect) ? 'ask' : 'run';
}

/** Is more touched than the tenant lets pass unasked? What cannot be counted is above every limit. */
function isAboveLimits(limits: TenantConfig['approval'], effect: Effect): boolean {
  const renders = effect.counts['renders'] ?? 0;
  const orders = effect.counts['orders'];
  if (orders === undefined) return true;
  return renders > limits.max_renders || orders > limits.max_orders;
}
