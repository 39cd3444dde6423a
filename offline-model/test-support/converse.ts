import { think } from '../model.ts';
import type { PlannedCall, Step } from '../wire/types.ts';
import { readRequest } from '../wire/validate-request.ts';
import { allTools } from './offered-tools.ts';

/** A message as it goes over the wire. */
export type WireMessage = Record<string, unknown>;

export const user = (content: string): WireMessage => ({ role: 'user', content });
export const system = (content: string): WireMessage => ({ role: 'system', content });
export const assistant = (content: string): WireMessage => ({ role: 'assistant', content });

let calls = 0;

/** An assistant message that asked for these calls, and their results. */
export function answered(...pairs: [name: string, args: object, result: unknown][]): WireMessage[] {
  const ids = pairs.map(() => `call_${String((calls += 1))}`);
  const toolCalls = pairs.map(([name, args], index) => ({
    id: ids[index],
    type: 'function',
    function: { name, arguments: JSON.stringify(args) },
  }));
  const results = pairs.map(([, , result], index) => ({
    role: 'tool',
    tool_call_id: ids[index],
    content: typeof result === 'string' ? result : JSON.stringify(result),
  }));
  return [{ role: 'assistant', content: null, tool_calls: toolCalls }, ...results];
}

/** What the model does with these messages. */
export function step(messages: WireMessage[], extra: Record<string, unknown> = {}): Step {
  const request = readRequest({ messages, tools: allTools, ...extra });
  if (!request.ok) throw new Error(request.error.body.error.message);
  return think(request.value);
}

/** The calls it asks for; empty where it answers in words. */
export function callsOf(messages: WireMessage[], extra: Record<string, unknown> = {}): PlannedCall[] {
  const next = step(messages, extra);
  return next.kind === 'call' ? next.calls : [];
}

/** Its words; fails where it asks for tools. */
export function words(messages: WireMessage[], extra: Record<string, unknown> = {}): string {
  const next = step(messages, extra);
  if (next.kind === 'call') throw new Error(`asks for ${next.calls.map((call) => call.name).join(', ')}`);
  return next.text;
}
