import type { Bout, Contestant } from './contestant.ts';
import { linesOf } from './lines-of.ts';

interface Delta {
  readonly content?: string;
  readonly tool_calls?: readonly { readonly id: string; readonly function: { readonly name: string } }[];
}

/** The least that a turn can be: `fetch`, lines split, JSON parsed, the tool's result appended, again. */
export function raw({ origin, tools }: Bout): Contestant {
  const run: Contestant['run'] = async (message, onText) => {
    const messages: object[] = [{ role: 'user', content: message }];
    for (;;) {
      const calls = await ask(origin, { model: 'm', stream: true, messages, tools }, onText);
      if (calls.length === 0) return;
      messages.push({ role: 'assistant', content: null, tool_calls: calls });
      for (const { id } of calls) messages.push({ role: 'tool', tool_call_id: id, content: '{"output_types":[]}' });
    }
  };
  return { name: 'raw', run };
}

async function ask(
  origin: string,
  body: object,
  onText: (text: string) => void,
): Promise<NonNullable<Delta['tool_calls']>> {
  const response = await fetch(`${origin}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer k' },
    body: JSON.stringify(body),
  });
  if (response.body === null) throw new Error('no body');
  const calls = [];
  for await (const line of linesOf(response.body)) {
    if (!line.startsWith('data: {')) continue;
    const { choices } = JSON.parse(line.slice(6)) as { choices: { delta: Delta }[] };
    for (const { delta } of choices) {
      if (delta.content) onText(delta.content);
      if (delta.tool_calls) calls.push(...delta.tool_calls);
    }
  }
  return calls;
}
