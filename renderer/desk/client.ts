import type {
  Bridge,
  DeskPush,
  OperationAnswers,
  OperationName,
  OperationRequest,
  ProductListAnswer,
} from '../../shared/contract/index.ts';
import { FailureError, type Failure, type Result, unwrap } from '../../shared/errors/index.ts';
import { useDeskLock } from './desk-lock.ts';

let current: Bridge | null = null;
/** Listeners of this window, told too what it learns on its own. */
const listeners = new Set<(push: DeskPush) => void>();

/** Says which desk this window talks to; once at start, and anew in each test. */
export function connectDesk(bridge: Bridge): void {
  current = bridge;
}

function bridge(): Bridge {
  if (current === null) throw new Error('connectDesk() comes before the first call');
  return current;
}

/** Asks the desk; an expected failure is a value. */
export async function ask<K extends OperationName>(
  name: K,
  request: OperationRequest<K>,
): Promise<Result<OperationAnswers[K]>> {
  const result = await bridge().call(name, request);
  if (!result.ok && result.failure.code === 'unauthorized') await findOutWhoIsSignedOut(name);
  return result;
}

/**
 * `unauthorized` is said by the door (this window never opened the printed address) and by the pipeline (the sign-in
 * ran out). The desk's own state tells them apart: the door refuses that too.
 */
async function findOutWhoIsSignedOut(name: OperationName): Promise<void> {
  const state = name === 'desk.state' ? null : await bridge().call('desk.state', {});
  if (state?.ok) listeners.forEach((listen) => listen({ type: 'desk.state', state: state.value }));
  else if (state === null || state.failure.code === 'unauthorized') useDeskLock.getState().lock();
}

/** Asks the desk for react-query; a failure is thrown as FailureError. */
export async function call<K extends OperationName>(
  name: K,
  request: OperationRequest<K>,
): Promise<OperationAnswers[K]> {
  return unwrap(await ask(name, request));
}

/** Hands a dropped product list to the desk, which reads it and makes a selection of it. */
export async function uploadProductList(name: string, bytes: Uint8Array): Promise<Result<ProductListAnswer>> {
  return bridge().uploadProductList(name, bytes);
}

/** Address of a render's image or thumbnail. */
export function mediaUrl(renderId: string, variant: 'image' | 'thumbnail'): string {
  return bridge().mediaUrl(renderId, variant);
}

/** Listens to the desk's pushes; returns the unlisten. */
export function onPush(listener: (push: DeskPush) => void): () => void {
  listeners.add(listener);
  const unlisten = bridge().onPush(listener);
  return () => {
    listeners.delete(listener);
    unlisten();
  };
}

/** The failure in something thrown by `call`; a bug is told as what it is, an internal error with its words. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  return { code: 'internal_error', message: error instanceof Error ? error.message : String(error) };
}
