import { z } from 'zod';
import {
  localLoginSchema,
  loginAnswerSchema,
  loginSchema,
  meSchema,
  ownPolicySchema,
  tenantConfigSchema,
} from '../../../shared/domain/index.ts';
import { failure, FailureError, ok, unwrap } from '../../../shared/errors/index.ts';
import { describeMe, revokeToken, sameSecret, signIn, signInLocally } from '../../domain/accounts/index.ts';
import { planConfig, readConfig } from '../../domain/tenants/index.ts';
import { readOwnPolicy, writeOwnPolicy } from '../../domain/users/index.ts';
import { auditOwnAccount, auditSignIn } from '../audited-account.ts';
import { isLoopback, senderOf } from '../loopback.ts';
import { changeRoute, plannedRoute, rawRoute, readRoute, type Route } from '../route.ts';

const signedOut = z.object({ signed_out: z.boolean() });

/** Signing in and out, who one is, and the tenant's settings. */
export const accountRoutes: readonly Route[] = [
  rawRoute({
    method: 'POST',
    path: '/auth/login',
    summary: 'Sign in with e-mail and password',
    fails: ['wrong_credentials'],
    access: 'public',
    schemas: { body: loginSchema },
    answer: loginAnswerSchema,
    run: async ({ services, request }, { body }) => {
      const { database, attempts } = services;
      // By sender as well, so that nobody can lock somebody else out by guessing.
      const who = { account: body.email.toLowerCase(), sender: senderOf(request) };
      const answer = await attempts.attempt(who, () => signIn(database, body.email, body.password));
      return unwrap(await auditSignIn({ services }, { action: 'POST /auth/login', email: body.email }, answer));
    },
  }),
  rawRoute({
    method: 'POST',
    path: '/auth/local',
    summary: 'Sign in with the secret of the data directory, from this machine only',
    fails: ['wrong_credentials', 'not_found'],
    access: 'public',
    schemas: { body: localLoginSchema },
    answer: loginAnswerSchema,
    run: async ({ services, request }, { body }) => {
      const { localSecret } = services;
      if (localSecret === null || !isLoopback(request)) throw new FailureError(failure('not_found'));
      if (!sameSecret(localSecret, body.secret)) throw new FailureError(failure('wrong_credentials'));
      const answer = await signInLocally(services.database, body.email);
      return unwrap(await auditSignIn({ services }, { action: 'POST /auth/local', email: body.email ?? '' }, answer));
    },
  }),
  rawRoute({
    method: 'POST',
    path: '/auth/logout',
    summary: 'Make this token useless',
    answer: signedOut,
    run: async (context) => {
      const { services, bearer } = context;
      if (bearer === null) throw new Error('Signing out needs a bearer.');
      await services.database.withTenant(bearer.tenantId, (tx) => revokeToken(tx, bearer));
      services.bearer.forget(bearer.userId);
      await auditOwnAccount(context, 'POST /auth/logout', 'Signed out');
      return { signed_out: true };
    },
  }),
  readRoute({
    method: 'GET',
    path: '/me',
    summary: 'Who is signed in, for which tenant',
    answer: meSchema,
    run: async ({ tx, actor }) => ok(await describeMe(tx, actor.userId)),
  }),
  readRoute({
    method: 'GET',
    path: '/me/approval-policy',
    summary: 'When a change of the assistant asks you',
    answer: ownPolicySchema,
    run: async (context) => ok(await readOwnPolicy(context)),
  }),
  changeRoute({
    method: 'PUT',
    path: '/me/approval-policy',
    summary: 'Say when a change of the assistant asks you; the stricter of yours and the tenant’s holds',
    schemas: { body: ownPolicySchema },
    answer: ownPolicySchema,
    run: async (context, { body }) => ok(await writeOwnPolicy(context, body)),
  }),
  readRoute({
    method: 'GET',
    path: '/tenant/config',
    summary: 'The tenant’s settings; never a key',
    answer: tenantConfigSchema,
    run: async ({ tx }) => ok(await readConfig(tx)),
  }),
  plannedRoute({
    method: 'PUT',
    path: '/tenant/config',
    summary: 'Change settings; what is left out stays',
    fails: ['insecure_endpoint'],
    access: 'admin',
    schemas: { body: tenantConfigSchema.partial().strict() },
    answer: tenantConfigSchema,
    run: (context, { body }) => planConfig(context, body),
  }),
];
