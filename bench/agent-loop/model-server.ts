import type { ServerResponse } from 'node:http';
import { setImmediate as breath } from 'node:timers/promises';
import { frameText, startWireServer, type WireRequest } from '../../tests/helpers/agent/index.ts';
import { answerOf } from './question.ts';

/**
 * The model that all contestants talk to, in a process of its own, so that its work is nobody's. It tells its parent its
 * address and ends with it. Each token is a frame and a write of its own, as models send them.
 */
async function answer(response: ServerResponse, { body }: WireRequest): Promise<void> {
  const messages = body['messages'] as { role: string; content: unknown }[];
  const asked = answerOf(messages.map(({ content }) => JSON.stringify(content)).join('\n'));
  const had = messages.filter(({ role }) => role === 'tool').length;
  // Each answer has an id of its own, as models give them: LangChain.js takes two messages of one id for the same.
  const frame = framesOf(`chatcmpl-${++answers}`);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(frame({ role: 'assistant', content: '' }));
  if (had < asked.rounds) {
    response.write(frame({ tool_calls: [toolCall(had)] }));
    response.write(frame({}, 'tool_calls'));
  } else {
    for (const content of asked.tokens) {
      response.write(frame({ content }));
      await breath();
    }
    response.write(frame({}, 'stop'));
  }
  response.write(frame(null));
  response.end('data: [DONE]\n\n');
}

let answers = 0;

const USAGE = { prompt_tokens: 1000, completion_tokens: 30, total_tokens: 1030 };

/** Writes the frames of one answer: a piece of it, or null for its end with the tokens used. */
function framesOf(id: string): (delta: object | null, finish?: string) => string {
  const head = { id, object: 'chat.completion.chunk', created: 1_750_000_000, model: 'm' };
  return (delta, finish) => {
    if (delta === null) return frameText({ ...head, choices: [], usage: USAGE });
    return frameText({ ...head, choices: [{ index: 0, delta, finish_reason: finish ?? null }] });
  };
}

function toolCall(number: number): object {
  const called = { name: 'list_output_types', arguments: '{}' };
  return { index: 0, id: `call_${number}`, type: 'function', function: called };
}

const server = await startWireServer((response, request) => void answer(response, request));
process.send?.(server.origin);
process.on('disconnect', () => void server.close());
