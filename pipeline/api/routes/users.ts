import {
  newUserSchema,
  pageOf,
  userChangeSchema,
  userQuerySchema,
  userSchema,
  userWithCodeSchema,
  type UserWithCode,
} from '../../../shared/domain/index.ts';
import {
  getUser,
  listUsers,
  planInvitation,
  planPasswordReset,
  planSignOut,
  planUserChange,
} from '../../domain/users/index.ts';
import { plannedRoute, readRoute, type Route } from '../route.ts';
import type { Services } from '../services.ts';
import { idParams } from './common.ts';

const access = 'admin';

/** A code is told once: who repeats the request gets the user without it. */
const withoutCode = (answer: unknown): UserWithCode => ({ ...(answer as UserWithCode), code: null });

/** Whoever was changed is looked at anew with the next request, in this process at once. */
const forget = (services: Services, { params }: { params: unknown }): void => {
  services.bearer.forget((params as { id: string }).id);
};

/** The tenant's users, for its admins. */
export const userRoutes: readonly Route[] = [
  readRoute({
    method: 'GET',
    path: '/users',
    summary: 'Users by name, by part of a name or address, role and status',
    access,
    schemas: { query: userQuerySchema },
    answer: pageOf(userSchema),
    run: ({ tx }, { query: { limit, cursor, ...filter } }) => listUsers(tx, filter, { limit, cursor }),
  }),
  readRoute({
    method: 'GET',
    path: '/users/:id',
    summary: 'One user',
    access,
    schemas: { params: idParams },
    answer: userSchema,
    run: ({ tx }, { params }) => getUser(tx, params.id),
  }),
  plannedRoute({
    method: 'POST',
    path: '/users',
    summary: 'Invite somebody: a one-time code, told once, with which they set their password',
    access,
    schemas: { body: newUserSchema },
    answer: userWithCodeSchema,
    status: 201,
    fails: ['state_conflict'],
    kept: withoutCode,
    run: (context, { body }) => planInvitation(context, body),
  }),
  plannedRoute({
    method: 'PATCH',
    path: '/users/:id',
    summary: 'Change name or role, disable or enable; at once, for open event streams too',
    access,
    schemas: { params: idParams, body: userChangeSchema },
    answer: userSchema,
    fails: ['state_conflict'],
    settled: forget,
    run: (context, { params, body }) => planUserChange(context, params.id, body),
  }),
  plannedRoute({
    method: 'POST',
    path: '/users/:id/reset-password',
    summary: 'End password and sign-ins; a one-time code, told once, sets a new password',
    access,
    schemas: { params: idParams },
    answer: userWithCodeSchema,
    fails: ['state_conflict'],
    kept: withoutCode,
    settled: forget,
    run: (context, { params }) => planPasswordReset(context, params.id),
  }),
  plannedRoute({
    method: 'POST',
    path: '/users/:id/sign-out',
    summary: 'Sign somebody out everywhere; the password stays',
    access,
    schemas: { params: idParams },
    answer: userSchema,
    settled: forget,
    run: (context, { params }) => planSignOut(context, params.id),
  }),
];
