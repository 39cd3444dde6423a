import { randomUUID } from 'node:crypto';
import { createModel } from '../../../../main/agent/index.ts';
import { createChat, createTokenCounter } from '../../../../main/chat/index.ts';
import { createPipelineClient } from '../../../../main/pipeline/index.ts';
import type { TurnOutcome } from '../../../../shared/contract/index.ts';
import { ok, unwrap, type Result } from '../../../../shared/errors/index.ts';
import { startPipeline } from '../../../helpers/pipeline.ts';

/** As long as a turn of the matrix may wait for anything: a desk's own patience, made short. */
export const SHORT = {
  firstEventMs: 2500,
  idleMs: 800,
  totalMs: 5000,
  longestWaitMs: 2500,
  waitsMs: 3000,
} as const;

/** The chat of a desk on a real pipeline, where changes run unasked, with a model of ours. */
export interface ChatBench {
  say(message: string, sessionId?: string): Promise<Result<TurnOutcome>>;
  /** A product and an output type to order. */
  readonly order: { product_ids: string[]; output_type_name: string; dispatch: false };
  /** All orders there are: what changing calls came to. */
  orders(): Promise<number>;
  close(): Promise<void>;
}

/** Starts a pipeline with the sample and a chat on it whose model is at `endpoint`. */
export async function startChatBench(endpoint: string, key: string): Promise<ChatBench> {
  const pipeline = await startPipeline({ env: { RENDERDESK_SAMPLE_IMAGES: 'off' } });
  const me = await pipeline.signIn();
  const client = createPipelineClient(new URL(pipeline.origin));
  client.setToken(me.token);
  const counter = createTokenCounter();
  const target = { form: 'v1', endpoint, deployment: 'm', apiVersion: null, key, label: 'm', offline: false } as const;
  const tenant = { policy: 'never', max_renders: 0, max_orders: 0 } as const;
  const chat = createChat({
    client,
    me,
    counter,
    deskId: randomUUID(),
    // A model of its own for each turn: what it learned in one case is not known in the next.
    model: () => Promise.resolve(ok(createModel(target, { patience: SHORT }))),
    rules: () => Promise.resolve(ok({ run: 'auto', tenant })),
    broadcast: () => undefined,
    tellQueue: () => undefined,
    navigate: () => undefined,
    log: () => undefined,
  });
  const [product] = unwrap(await client.read.products({ limit: 1 })).items;
  const [type] = unwrap(await client.read.outputTypes());
  if (!product || !type) throw new Error('the sample has no product or output type');
  return {
    say: (message, session_id) =>
      chat.send({ message, ...(session_id === undefined ? {} : { session_id }) }, () => undefined),
    order: { product_ids: [product.id], output_type_name: type.name, dispatch: false },
    orders: async () => unwrap(await client.read.orders({ limit: 1 })).total ?? 0,
    close: async () => {
      await chat.close();
      await counter.close();
      await pipeline.stop();
    },
  };
}
