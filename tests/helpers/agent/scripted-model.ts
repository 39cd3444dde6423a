import { randomUUID } from 'node:crypto';
import { ok, type Result } from '../../../shared/errors/index.ts';
import type { AskModel, ModelMessage } from '../../../main/agent/index.ts';
import { NO_TRAITS } from '../../../main/agent/model-traits.ts';
import { requestBody } from '../../../main/agent/request-body.ts';
import { record } from '../conformance/recorder.ts';
import { SCRIPTED } from '../conformance/records.ts';

const TARGET = {
  form: 'v1',
  endpoint: '',
  deployment: 'm',
  apiVersion: null,
  key: '',
  label: '',
  offline: true,
} as const;

type Answer = Awaited<ReturnType<AskModel>>;
type Scripted = string | { say?: string; calls: [tool: string, args: unknown][] } | Result<never>;

export interface ScriptedModel {
  ask: AskModel;
  /** The messages of every question, as they were sent. */
  readonly asked: ModelMessage[][];
}

/** A model that answers from a list and refuses when the list is at its end. */
export function scriptedModel(...script: Scripted[]): ScriptedModel {
  const asked: ModelMessage[][] = [];
  const ask: AskModel = (request) => {
    const { messages, onText } = request;
    recordRequest(request);
    const turn = script[asked.length];
    asked.push(structuredClone([...messages]));
    if (turn === undefined) throw new Error('The script of the model is at its end.');
    const answer = answerOf(turn, asked.length);
    if (answer.ok && answer.value.text !== '') onText(answer.value.text);
    return Promise.resolve(answer);
  };
  return { ask, asked };
}

/** What would have gone over the wire is held against the schemas like what does. */
function recordRequest(request: Parameters<AskModel>[0]): void {
  const { json: body } = requestBody(TARGET, request, NO_TRAITS);
  const url = '/openai/v1/chat/completions';
  record({ kind: 'request', id: randomUUID(), url, client: `OpenAI/JS, ${SCRIPTED}`, body });
}

function answerOf(turn: Scripted, step: number): Answer {
  const usage = { prompt: 10, completion: 5, total: 15 };
  if (typeof turn === 'string') return ok({ text: turn, calls: [], finish: 'stop', usage });
  if ('ok' in turn) return turn;
  const calls = turn.calls.map(([name, args], index) => {
    const text = typeof args === 'string' ? args : JSON.stringify(args);
    return { id: `c${String(step)}_${String(index)}`, name, arguments: text };
  });
  return ok({ text: turn.say ?? '', calls, finish: 'tool_calls', usage });
}
