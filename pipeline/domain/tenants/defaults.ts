import type { TenantConfig } from '../../../shared/domain/index.ts';

/** Settings of a new tenant, until its admin changes them. Without a model the assistant says what is to be set up. */
export const DEFAULT_CONFIG: TenantConfig = {
  ai_enabled: true,
  model: null,
  monthly_token_limit: 5_000_000,
  approval: { policy: 'above_limits', max_renders: 1000, max_orders: 5 },
  time_zone: 'Europe/Berlin',
  chat_retention_days: 365,
};
