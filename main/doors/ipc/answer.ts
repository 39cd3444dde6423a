import type { OperationAnswers, OperationName } from '../../../shared/contract/index.ts';
import {
  isOperationName,
  OPERATION_REQUESTS,
  PRODUCT_LIST_MAX_BYTES,
  productListUploadSchema,
  type ProductListAnswer,
} from '../../../shared/contract/index.ts';
import { fail, type Result } from '../../../shared/errors/index.ts';
import type { Desk } from '../../desk-types.ts';

/** Opens an address outside the app, after a person has seen it. The shell's; a desk has no screen to ask on. */
export type OpenExternal = (url: string) => Promise<Result<OperationAnswers['shell.open_external']>>;

type Answer = Result<OperationAnswers[OperationName]>;

/**
 * Answers one call. The name must be an own operation of the contract; the desk checks the request. One operation, `shell.open_external`,
 * is the shell's own and never reaches the desk.
 */
export async function answerCall(
  desk: Promise<Desk>,
  openExternal: OpenExternal,
  name: unknown,
  request: unknown,
): Promise<Answer> {
  if (typeof name !== 'string' || !isOperationName(name)) return fail('not_found', 'The desk has no such operation.');
  if (name !== 'shell.open_external') return (await desk).call(name, request);
  const checked = OPERATION_REQUESTS[name].safeParse(request);
  return checked.success ? openExternal(checked.data.url) : fail('validation_failed');
}

/** Answers one dropped file: its name and its bytes, at most PRODUCT_LIST_MAX_BYTES of them. */
export async function answerUpload(
  desk: Promise<Desk>,
  name: unknown,
  bytes: unknown,
): Promise<Result<ProductListAnswer>> {
  const checked = productListUploadSchema.safeParse({ name });
  if (!checked.success || !(bytes instanceof Uint8Array)) return fail('validation_failed');
  if (bytes.byteLength > PRODUCT_LIST_MAX_BYTES) {
    return fail(
      'payload_too_large',
      'The file is too large: at most 50 MB can be dropped. Split it into smaller ones.',
    );
  }
  return (await desk).uploadProductList(checked.data.name, bytes);
}
