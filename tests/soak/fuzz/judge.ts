import { isErrorCode } from '../../../shared/errors/index.ts';
import type { FuzzRequest } from './request.ts';

/**
 * What is wrong with this answer, or null: an answer is never a 5xx, and an error is a problem document with a code
 * that `shared/errors` knows.
 */
export async function problemWith(request: FuzzRequest, response: Response): Promise<string | null> {
  const text = await response.text();
  const where = `${request.method} ${request.path.slice(0, 200)} answered ${response.status}`;
  if (response.status >= 500) return `${where}: ${text.slice(0, 300)}`;
  // 431: Node itself refuses a line that long, before any of our code.
  if (response.status < 400 || response.status === 431) return null;
  if (response.status === 401 && !request.path.startsWith('/api/auth/')) return `${where}: the session is gone`;
  if (!response.headers.get('content-type')?.includes('application/problem+json')) {
    return `${where} without application/problem+json: ${text.slice(0, 200)}`;
  }
  const problem = JSON.parse(text) as { code?: unknown };
  return isErrorCode(problem.code) ? null : `${where} with the unknown code ${JSON.stringify(problem.code)}`;
}
