import { z } from 'zod';
import { loginAnswerSchema, meSchema, type LoginAnswer, type Me } from '../../shared/domain/index.ts';
import { ok, type Result } from '../../shared/errors/index.ts';
import type { PipelineHttp } from './http.ts';

const nothing = z.unknown().transform(() => undefined);

/** Signing in and out. A successful sign-in leaves its token with the client. */
export function authRoutes(http: PipelineHttp) {
  const signInAt = async (path: string, body: unknown): Promise<Result<LoginAnswer>> => {
    const answer = await http.send({ method: 'POST', path, body, answer: loginAnswerSchema });
    if (answer.ok) http.setToken(answer.value.token);
    return answer;
  };
  return {
    signIn: (email: string, password: string) => signInAt('/auth/login', { email, password }),
    /** As a process of this machine that could read the pipeline's secret in `run.json`. */
    signInLocally: (secret: string, email?: string) => signInAt('/auth/local', email ? { email, secret } : { secret }),
    signOut: async (): Promise<Result<undefined>> => {
      const answer = await http.send({ method: 'POST', path: '/auth/logout', body: {}, answer: nothing });
      http.setToken(null);
      // A token that the pipeline no longer knows is signed out as well.
      return !answer.ok && answer.failure.code !== 'unauthorized' ? answer : ok(undefined);
    },
    me: (): Promise<Result<Me>> => http.send({ method: 'GET', path: '/me', answer: meSchema }),
  };
}
