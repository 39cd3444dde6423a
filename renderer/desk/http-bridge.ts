import type { Bridge, OperationAnswers, OperationName, OperationRequest } from '../../shared/contract/index.ts';
import type { ProductListAnswer } from '../../shared/contract/index.ts';
import { fail, fromProblem, ok, PROBLEM_MEDIA_TYPE, problemSchema, type Result } from '../../shared/errors/index.ts';
import { createPushSocket } from './push-socket.ts';

const DESK_GONE = 'The desk does not answer. Check that it still runs, then try again.';

/** The answer of the browser door as a result; what is not a problem of ours is a failure with its status told. */
async function readAnswer<T>(response: Response): Promise<Result<T>> {
  const isProblem = response.headers.get('content-type')?.includes(PROBLEM_MEDIA_TYPE) ?? false;
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return ok(body as T);
  const problem = isProblem ? problemSchema.safeParse(body) : undefined;
  if (problem?.success) return { ok: false, failure: fromProblem(problem.data) };
  if (response.status === 401) return fail('unauthorized');
  return fail('internal_error', `The desk answered with status ${response.status}. Try again.`);
}

async function post<T>(address: string, body: BodyInit, contentType: string): Promise<Result<T>> {
  try {
    const headers = { 'Content-Type': contentType, Accept: 'application/json' };
    return await readAnswer<T>(await fetch(address, { method: 'POST', headers, body, credentials: 'same-origin' }));
  } catch {
    // fetch rejects only where no answer came at all.
    return fail('unavailable', DESK_GONE);
  }
}

/**
 * The desk contract over the browser door: `POST /api/desk/{operation}`, the WebSocket `/api/desk/pushes`, and images
 * under `/media`. The door's HttpOnly cookie goes along by itself.
 */
export function createHttpBridge(location: Pick<Location, 'protocol' | 'host'>): Bridge {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const pushes = createPushSocket(`${scheme}://${location.host}/api/desk/pushes`);
  return {
    call: <K extends OperationName>(name: K, request: OperationRequest<K>) =>
      post<OperationAnswers[K]>(`/api/desk/${name}`, JSON.stringify(request), 'application/json'),
    uploadProductList: (name, bytes) =>
      post<ProductListAnswer>(
        `/api/desk/product-lists?name=${encodeURIComponent(name)}`,
        new Blob([bytes.slice()]),
        'application/octet-stream',
      ),
    onPush: (listener) => pushes.listen(listener),
    mediaUrl: (renderId, variant) => `/media/renders/${encodeURIComponent(renderId)}/${variant}`,
  };
}
