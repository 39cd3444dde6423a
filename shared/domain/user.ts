import { z } from 'zod';
import { pageQuerySchema } from './page.ts';
import { emailSchema, nameSchema, roleSchema } from './tenant.ts';

export const userStatusSchema = z.enum(['invited', 'active', 'disabled']);
/** `invited`: has not set a password yet and cannot sign in; `disabled`: cannot sign in any more. */
export type UserStatus = z.infer<typeof userStatusSchema>;

export const userSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  status: userStatusSchema,
  /** Until when a one-time code to set a password can be used; null: none is open. */
  code_expires_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
});
/** Somebody of the tenant, as its admins see them. */
export type User = z.infer<typeof userSchema>;

export const userQuerySchema = pageQuerySchema.extend({
  /** Part of a name or an e-mail address. */
  text: z.string().max(200).optional(),
  role: roleSchema.optional(),
  status: userStatusSchema.optional(),
});

export const newUserSchema = z.strictObject({ email: emailSchema, name: nameSchema, role: roleSchema });
export type NewUserRequest = z.output<typeof newUserSchema>;

export const userChangeSchema = z
  .strictObject({ name: nameSchema.optional(), role: roleSchema.optional(), disabled: z.boolean().optional() })
  .refine(
    (change) => Object.values(change).some((value) => value !== undefined),
    'name, role or disabled must be given',
  );
export type UserChange = z.output<typeof userChangeSchema>;

export const userWithCodeSchema = z.object({
  user: userSchema,
  /** The code that sets the user's password, once. It is shown in the first answer only; a repeated request gets null. */
  code: z.string().nullable(),
});
/** A user with the one-time code that an admin hands over. */
export type UserWithCode = z.infer<typeof userWithCodeSchema>;

const passwordSchema = z.string().min(1).max(500);
export const setPasswordSchema = z.strictObject({ code: z.string().min(1).max(200), password: passwordSchema });
export const changePasswordSchema = z.strictObject({ old_password: passwordSchema, new_password: passwordSchema });
