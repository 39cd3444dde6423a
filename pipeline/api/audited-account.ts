import type { LoginAnswer } from '../../shared/domain/index.ts';
import { statusOf, type Result } from '../../shared/errors/index.ts';
import { recordAudit, recordSignIn } from '../domain/audit/index.ts';
import { actorOf, type RawContext } from './route.ts';

/**
 * Writes down how a sign-in went and hands its answer on. A refused one is written without waiting for it: else the
 * answer's time would tell whether somebody of that address exists.
 */
export async function auditSignIn(
  { services }: Pick<RawContext, 'services'>,
  { action, email }: { action: string; email: string },
  answer: Result<LoginAnswer>,
): Promise<Result<LoginAnswer>> {
  const { database, log } = services;
  if (answer.ok) {
    await recordSignIn(database, answer.value.user.email, { action, status: 200, code: null });
    return answer;
  }
  const { code } = answer.failure;
  // What is refused for coming too often was told before, and would fill the audit at the guesser's pace.
  if (code === 'wrong_credentials') {
    recordSignIn(database, email, { action, status: statusOf(code), code }).catch((error: unknown) => {
      log.error({ err: error }, 'a refused sign-in could not be audited');
    });
  }
  return answer;
}

/** Writes down what somebody did with the own account. */
export async function auditOwnAccount(context: RawContext, action: string, summary: string): Promise<void> {
  const { services, bearer } = context;
  if (bearer === null) throw new Error('An account needs a bearer.');
  const actor = actorOf(bearer, 'click');
  await services.database.withTenant(actor.tenantId, (tx) =>
    recordAudit({ tx, actor }, { action, summary, outcome: 'done', status: 200 }),
  );
}
