import { randomUUID } from 'node:crypto';
import { limitReached, shareUsed, type Usage } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import type { ModelMessage, ModelTool, TokenMeter } from '../agent/index.ts';
import type { ChatRoutes } from '../pipeline/index.ts';
import type { TokenCounter } from './token-counter.ts';

/** What the wire adds around each message, and what an answer usually takes. */
const PER_MESSAGE = 4;
const ANSWER_ALLOWANCE = 800;

export interface PipelineMeter extends TokenMeter {
  /** `token_limit_reached` where nothing is left; asks the pipeline only where that is not known to be far off. */
  check(): Promise<Result<undefined>>;
  /** Waits for the settlements on their way. */
  flush(): Promise<void>;
}

/** The tenant's tokens of the month, kept by the pipeline so that the limit holds across all its operators. */
export function pipelineMeter(routes: ChatRoutes, counter: TokenCounter, log: (line: string) => void): PipelineMeter {
  const settling = new Set<Promise<void>>();
  let last: Usage | undefined;
  return {
    check: async () => {
      if (last && !isNear(last)) return ok(undefined);
      const usage = await routes.usage();
      if (!usage.ok) return usage;
      last = usage.value;
      return shareUsed(last) >= 1 ? fail('token_limit_reached', limitReached(last)) : ok(undefined);
    },
    reserve: async (messages, tools) => {
      const prompt = promptTokens(counter, messages, tools);
      const reserved = await routes.reserve(prompt + ANSWER_ALLOWANCE, randomUUID());
      // A refusal says that what was known is no longer so: the next question looks first.
      last = undefined;
      if (!reserved.ok) return reserved;
      last = reserved.value.usage;
      return ok({
        settle: (told, said, messageId) => {
          const output_tokens = told?.completion ?? counter.estimate(said);
          const tokens = told?.total ?? prompt + output_tokens;
          const body = { tokens, output_tokens, estimated: told === null, message_id: messageId };
          // The turn need not wait: until it is settled the reservation counts in its place.
          const settled = routes.settle(reserved.value.id, body, randomUUID()).then((answer) => {
            if (!answer.ok) log(`tokens not settled: ${answer.failure.message}`);
            settling.delete(settled);
          });
          settling.add(settled);
          return tokens;
        },
      });
    },
    flush: async () => {
      await Promise.all(settling);
    },
  };
}

/** So near that other operators of the tenant may reach it before the next reservation. */
function isNear(usage: Usage): boolean {
  return shareUsed(usage) >= 0.9;
}

function promptTokens(counter: TokenCounter, messages: readonly ModelMessage[], tools: readonly ModelTool[]): number {
  const ofMessages = messages.reduce((sum, message) => sum + PER_MESSAGE + counter.estimate(textOf(message)), 0);
  return ofMessages + tools.reduce((sum, tool) => sum + counter.estimate(JSON.stringify(tool.function)), 0);
}

function textOf(message: ModelMessage): string {
  const calls = message.role === 'assistant' && message.tool_calls ? JSON.stringify(message.tool_calls) : '';
  return (message.content ?? '') + calls;
}
