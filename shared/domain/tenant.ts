import { z } from 'zod';
import { tokenPriceSchema } from './token-usage.ts';

export const ROLES = ['viewer', 'operator', 'admin'] as const;
export const roleSchema = z.enum(ROLES);
/** `viewer` reads, `operator` acts, `admin` also changes tenant settings. */
export type Role = z.infer<typeof roleSchema>;

/** May this role make changes to orders, overrides and mappings? */
export function canAct(role: Role): boolean {
  return role !== 'viewer';
}

/** An e-mail address somebody signs in with; kept in lower case. */
export const emailSchema = z.string().trim().toLowerCase().max(320).pipe(z.email());

/** What somebody or something is called. */
export const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^\P{Control}*$/u, 'no control characters');

export const meSchema = z.object({
  user: z.object({ id: z.uuid(), email: z.email(), name: z.string(), role: roleSchema }),
  tenant: z.object({ id: z.uuid(), name: z.string(), ai_enabled: z.boolean(), time_zone: z.string() }),
});
/** Who is signed in, for which tenant. */
export type Me = z.infer<typeof meSchema>;

export const loginSchema = z.object({ email: z.email().max(320), password: z.string().min(1).max(500) });

/** Sign-in of a process on this machine that could read the secret in `DATA/run.json` (mode 0600). */
export const localLoginSchema = z.object({ email: z.email().max(320).optional(), secret: z.string().min(1).max(200) });

export const loginAnswerSchema = z.object({ token: z.string(), expires_at: z.iso.datetime() }).extend(meSchema.shape);
export type LoginAnswer = z.infer<typeof loginAnswerSchema>;

export const approvalPolicySchema = z.enum(['always', 'above_limits', 'never']);
/** When a change asks a person first: always, above the limits, never. */
export type ApprovalPolicy = z.infer<typeof approvalPolicySchema>;

export const modelEndpointSchema = z.object({
  endpoint: z.url().max(500),
  deployment: z.string().min(1).max(200),
  /** Only for the older, dated URL form; null means Azure's v1 form. */
  api_version: z.string().max(40).nullable(),
});
/** Where the tenant's model is. Never holds a key: keys live in the operator's keychain. */
export type ModelEndpoint = z.infer<typeof modelEndpointSchema>;

export const tenantConfigSchema = z.object({
  ai_enabled: z.boolean(),
  model: modelEndpointSchema.nullable(),
  monthly_token_limit: z.number().int().positive().nullable(),
  token_price: tokenPriceSchema.nullish(),
  /** Whom people are told to ask about the assistant: a name, an address, a telephone number. */
  ai_contact: nameSchema.nullish(),
  approval: z.object({
    policy: approvalPolicySchema,
    max_renders: z.number().int().nonnegative(),
    max_orders: z.number().int().nonnegative(),
  }),
  time_zone: z.string().min(1).max(64),
  chat_retention_days: z.number().int().positive().max(3650),
});
export type TenantConfig = z.infer<typeof tenantConfigSchema>;
