import { z } from 'zod';
import { grantSchema, ownPolicySchema, pageOf, type NewGrant, type OwnPolicy } from '../../shared/domain/index.ts';
import type { PipelineHttp } from './http.ts';

const grantsAnswer = pageOf(grantSchema).transform((page) => page.items);

/** Standing approvals of the signed-in user's chats, and their own word on when a change asks. */
export function approvalRoutes(http: PipelineHttp) {
  return {
    grants: (sessionId?: string) =>
      http.send({ method: 'GET', path: '/chat/grants', query: { session_id: sessionId }, answer: grantsAnswer }),
    makeGrant: (body: NewGrant, key: string) =>
      http.send({
        method: 'POST',
        path: '/chat/grants',
        body,
        headers: { 'Idempotency-Key': key },
        answer: grantSchema,
      }),
    revokeGrant: (id: string, key: string) =>
      http.send({
        method: 'DELETE',
        path: `/chat/grants/${id}`,
        headers: { 'Idempotency-Key': key },
        answer: z.object({ revoked: z.boolean() }),
      }),
    ownPolicy: () => http.send({ method: 'GET', path: '/me/approval-policy', answer: ownPolicySchema }),
    putOwnPolicy: (body: OwnPolicy, key: string) =>
      http.send({
        method: 'PUT',
        path: '/me/approval-policy',
        body,
        headers: { 'Idempotency-Key': key },
        answer: ownPolicySchema,
      }),
  };
}
