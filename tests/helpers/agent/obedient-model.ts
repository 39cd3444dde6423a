import { delta, sse, usageFrame, type WireAnswer, type WireRequest } from './wire-server.ts';

/** A call that a text asks for: `CALL create_order {"output_type_name":"Web"}`, one on each line. */
const ORDER = /CALL ([A-Za-z_][\w.-]*) ([{[].*[}\]])$/gm;

interface WireMessage {
  role: string;
  content: string | null;
}

/** The line that makes the obedient model call a tool. */
export function callLine(tool: string, args: object): string {
  return `CALL ${tool} ${JSON.stringify(args)}`;
}

/** The calls that a text asks for. */
function callsAskedFor(text: string): [tool: string, args: string][] {
  return [...text.matchAll(ORDER)].map(([, tool = '', args = '']) => [tool, args]);
}

/**
 * A model that does whatever the newest text it is sent tells it to, whether a person wrote it or a tool brought it: the
 * worst one there can be. What asks for nothing it repeats as its answer.
 */
export const obedientModel: WireAnswer = (response, request) => {
  const calls = callsAskedFor(newestText(request));
  const tool_calls = calls.map(([name, args], index) => {
    return { index, id: `call_${String(index)}`, type: 'function', function: { name, arguments: args } };
  });
  const said = calls.length > 0 ? { tool_calls } : { content: `Done. ${newestText(request)}` };
  sse(delta(said), delta({}, calls.length > 0 ? 'tool_calls' : 'stop'), usageFrame(100, 10))(response, request);
};

function newestText({ body }: WireRequest): string {
  const messages = body['messages'] as WireMessage[];
  const last = messages.findLastIndex(({ role }) => role === 'user' || role === 'assistant');
  const newest = messages.slice(messages[last]?.role === 'assistant' ? last + 1 : last);
  return newest.map(({ content }) => textIn(content ?? '')).join('\n');
}

/** A tool's result is JSON: the texts in it, as they were. */
function textIn(content: string): string {
  try {
    const texts: string[] = [];
    JSON.parse(content, (_key, value: unknown) => {
      if (typeof value === 'string') texts.push(value);
      return value;
    });
    return texts.join('\n');
  } catch {
    return content;
  }
}
