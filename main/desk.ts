import { isOperationName, OPERATION_REQUESTS, productListUploadSchema } from '../shared/contract/index.ts';
import type { CheckedRequest, OperationAnswers, OperationName } from '../shared/contract/index.ts';
import { fail, unwrap, type Result } from '../shared/errors/index.ts';
import type { z } from 'zod';
import { createDeskCore } from './desk-core.ts';
import { deskOperations } from './desk-operations.ts';
import type { Desk, DeskConfig } from './desk-types.ts';
import { readProductList } from './product-list/index.ts';

/**
 * Composes the desk: pipeline, whoever is signed in there, chat, credentials and product lists. The same for all
 * doors. Throws a FailureError where it can't start (`insecure_endpoint`, `unavailable`, …).
 */
export async function createDesk(config: DeskConfig): Promise<Desk> {
  const core = unwrap(await createDeskCore(config));
  const operations = deskOperations(core);
  const { client } = core.connection;

  return {
    call: async <K extends OperationName>(name: K, request: unknown): Promise<Result<OperationAnswers[K]>> => {
      const checked = checkRequest(name, request);
      return checked.ok ? operations[name](checked.value) : checked;
    },
    send: async (request, { onEvent }) => {
      const checked = checkRequest('chat.send', request);
      if (!checked.ok) return checked;
      const session = core.session();
      return session.ok ? session.value.chat.send(checked.value, onEvent ?? (() => undefined)) : session;
    },
    uploadProductList: async (name, bytes) => {
      const checked = productListUploadSchema.safeParse({ name });
      if (!checked.success) return invalid(checked.error);
      const session = core.session();
      return session.ok ? readProductList({ name: checked.data.name, bytes, read: client.read }) : session;
    },
    media: (renderId, variant) => client.image(renderId, variant),
    onPush: (listener) => core.onPush(listener),
    stop: () => core.stop(),
  };
}

function checkRequest<K extends OperationName>(name: K, request: unknown): Result<CheckedRequest<K>> {
  if (!isOperationName(name)) return fail('not_found', 'The desk has no such operation.');
  const schema: z.ZodType<CheckedRequest<K>> = requestSchema(name);
  const parsed = schema.safeParse(request ?? {});
  return parsed.success ? { ok: true, value: parsed.data } : invalid(parsed.error);
}

/** Says to the compiler what the table says: each name's own schema. */
function requestSchema<K extends OperationName>(name: K): z.ZodType<CheckedRequest<K>> {
  return OPERATION_REQUESTS[name] as unknown as z.ZodType<CheckedRequest<K>>;
}

function invalid(error: z.ZodError): Result<never> {
  const fields = error.issues.slice(0, 20).map((issue) => ({ field: fieldOf(issue), message: issue.message }));
  return fail('validation_failed', undefined, { fields });
}

/** A field that should not be there is named itself, not the object around it. */
function fieldOf(issue: z.core.$ZodIssue): string {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]] : issue.path;
  return path.join('.');
}
