import { randomUUID } from 'node:crypto';
import { createChat, createTokenCounter, type Chat, type ChatOptions } from '../../main/chat/index.ts';
import { createPipelineClient, type PipelineClient } from '../../main/pipeline/index.ts';
import type { ChatMessage } from '../../shared/contract/index.ts';
import type { LoginAnswer } from '../../shared/domain/index.ts';
import { fail, ok, unwrap, type ErrorCode, type Result } from '../../shared/errors/index.ts';
import { scriptedModel } from './agent/index.ts';
import { startPipeline } from './pipeline.ts';

/** In place of a request: its failure, or undefined where it is sent after all. */
type Fault = (...request: never[]) => Result<never> | undefined | Promise<Result<never> | undefined>;

/** A real pipeline with the sample, and the chats of desks on it whose requests can be made to fail. */
export interface ChatPipeline {
  /** The signed-in user's own way there, which never fails by itself. */
  readonly client: PipelineClient;
  readonly me: LoginAnswer;
  /** A product to order. */
  readonly product: string;
  /** The chat of a desk of its own: every change waits for a person, and no model is configured, unless told otherwise. */
  openChat(more?: Partial<ChatOptions>): OpenChat;
  /** One whose model answers from a script. */
  openScripted(script: Parameters<typeof scriptedModel>, more?: Partial<ChatOptions>): OpenChat;
  /** A call that would make a draft with the product. */
  readonly draft: [tool: string, args: object];
  countOrders(): Promise<number>;
  /** The newest message of a chat, as a desk without faults reads it. */
  lastOf(session: string): Promise<ChatMessage | undefined>;
  stop(): Promise<void>;
}

export interface OpenChat extends Chat {
  /** What happens in place of a request, by the name the client gives it. */
  readonly faults: Map<string, Fault>;
  /** What it logged. */
  readonly lines: string[];
}

/** Starts a pipeline for chats in this process. */
export async function startChatPipeline(): Promise<ChatPipeline> {
  const pipeline = await startPipeline();
  const me = await pipeline.signIn();
  const client = createPipelineClient(new URL(pipeline.origin));
  client.setToken(me.token);
  const counter = createTokenCounter();
  const [product] = unwrap(await client.read.products({ limit: 1 })).items;
  if (!product) throw new Error('the sample has no product');
  const tenant = { policy: 'always', max_renders: 0, max_orders: 0 } as const;
  const openChat: ChatPipeline['openChat'] = (more) => {
    const faults: OpenChat['faults'] = new Map();
    const lines: string[] = [];
    const chat = createChat({
      client: withFaults(client, faults),
      me,
      counter,
      deskId: randomUUID(),
      model: () => Promise.resolve(fail('ai_not_configured')),
      rules: () => Promise.resolve(ok({ run: 'ask', tenant })),
      broadcast: () => undefined,
      tellQueue: () => undefined,
      navigate: () => undefined,
      log: (line) => void lines.push(line),
      ...more,
    });
    return { ...chat, faults, lines };
  };
  const reader = openChat();
  return {
    client,
    me,
    product: product.id,
    openChat,
    openScripted: (script, more) => {
      const { ask } = scriptedModel(...script);
      return openChat({ model: () => Promise.resolve(ok(ask)), ...more });
    },
    draft: ['create_order', { product_ids: [product.id], output_type_name: 'Thumbnail', dispatch: false }],
    countOrders: async () => unwrap(await client.read.orders({ limit: 1 })).total ?? 0,
    lastOf: async (session) => unwrap(await reader.messages(session)).at(-1),
    stop: async () => {
      await counter.close();
      await pipeline.stop();
    },
  };
}

/** A fault that is always the same. */
export function failing(code: ErrorCode): Fault {
  return () => fail(code);
}

/** A fault of writing a message or call that is in one of these states. */
export function failingWrite(code: ErrorCode, ...states: string[]): Fault {
  return (_id: string, write: { status?: string; state?: string; role?: string }) => {
    const state = write.state ?? (write.role === 'assistant' ? write.status : 'question');
    return state !== undefined && states.includes(state) ? fail(code) : undefined;
  };
}

function withFaults(client: PipelineClient, faults: OpenChat['faults']): PipelineClient {
  type Send = (...request: never[]) => Promise<unknown>;
  const guarded = <R extends object>(routes: R): R => {
    const entries = Object.entries(routes).map(([name, send]: [string, Send]) => {
      return [name, async (...request: never[]) => (await faults.get(name)?.(...request)) ?? send(...request)];
    });
    return Object.fromEntries(entries) as R;
  };
  const { dryRun, dryRunRows, change } = client;
  return {
    ...client,
    chat: guarded(client.chat),
    read: guarded(client.read),
    ...guarded({ dryRun, dryRunRows, change }),
  };
}
