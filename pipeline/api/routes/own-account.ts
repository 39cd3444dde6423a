import { z } from 'zod';
import { changePasswordSchema, loginAnswerSchema, setPasswordSchema } from '../../../shared/domain/index.ts';
import { unwrap } from '../../../shared/errors/index.ts';
import { changeOwnPassword, setPassword, signOutEverywhere, type Bearer } from '../../domain/accounts/index.ts';
import { auditOwnAccount, auditSignIn } from '../audited-account.ts';
import { senderOf } from '../loopback.ts';
import { rawRoute, type RawContext, type Route } from '../route.ts';

/** What somebody does with the own password and sign-ins. */
export const ownAccountRoutes: readonly Route[] = [
  rawRoute({
    method: 'POST',
    path: '/auth/set-password',
    summary: 'Take up an invitation or a reset: the one-time code and a password of one’s own; signs in',
    access: 'public',
    schemas: { body: setPasswordSchema },
    answer: loginAnswerSchema,
    fails: ['code_unusable', 'validation_failed', 'rate_limited'],
    run: async ({ services, request }, { body }) => {
      const { attempts, database } = services;
      const who = { account: 'one-time code', sender: senderOf(request) };
      const answer = await attempts.attempt(who, () => setPassword(database, body.code, body.password));
      return unwrap(await auditSignIn({ services }, { action: 'POST /auth/set-password', email: '' }, answer));
    },
  }),
  rawRoute({
    method: 'POST',
    path: '/auth/password',
    summary: 'Change one’s own password; signs out everywhere else',
    schemas: { body: changePasswordSchema },
    answer: z.object({ changed: z.boolean() }),
    fails: ['wrong_credentials', 'state_conflict', 'rate_limited'],
    run: async (context, { body }) => {
      const { attempts, database, bearer: bearers } = context.services;
      const bearer = bearerOf(context);
      const who = { account: `password of ${bearer.userId}`, sender: senderOf(context.request) };
      unwrap(await attempts.attempt(who, () => changeOwnPassword(database, bearer, body)));
      bearers.forget(bearer.userId);
      await auditOwnAccount(context, 'POST /auth/password', 'Changed the own password');
      return { changed: true };
    },
  }),
  rawRoute({
    method: 'POST',
    path: '/auth/logout-everywhere',
    summary: 'Make all of one’s own tokens useless, this one too',
    answer: z.object({ signed_out: z.boolean() }),
    run: async (context) => {
      const bearer = bearerOf(context);
      await signOutEverywhere(context.services.database, bearer);
      context.services.bearer.forget(bearer.userId);
      await auditOwnAccount(context, 'POST /auth/logout-everywhere', 'Signed out everywhere');
      return { signed_out: true };
    },
  }),
];

function bearerOf({ bearer }: RawContext): Bearer {
  if (bearer === null) throw new Error('This needs a bearer.');
  return bearer;
}
