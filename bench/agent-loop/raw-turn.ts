import type { TurnTimes } from './turn-times.ts';

interface Delta {
  readonly content?: string;
  readonly tool_calls?: readonly { readonly id: string; readonly function: { readonly name: string } }[];
}

/** The least that a turn can be: `fetch`, lines split, JSON parsed, the tool's result appended, again. */
export async function rawTurn(origin: string, message: string, tools: readonly unknown[]): Promise<TurnTimes> {
  const started = performance.now();
  const messages: object[] = [{ role: 'user', content: message }];
  let firstTokenMs = Number.NaN;
  for (;;) {
    const deltas = await ask(origin, { model: 'm', stream: true, messages, tools }, (delta) => {
      if (delta.content !== undefined && Number.isNaN(firstTokenMs)) firstTokenMs = performance.now() - started;
    });
    const calls = deltas.flatMap(({ tool_calls = [] }) => tool_calls);
    if (calls.length === 0) return { firstTokenMs, totalMs: performance.now() - started };
    messages.push({ role: 'assistant', content: null, tool_calls: calls });
    for (const { id } of calls) messages.push({ role: 'tool', tool_call_id: id, content: '{"output_types":[]}' });
  }
}

async function ask(origin: string, body: object, onDelta: (delta: Delta) => void): Promise<Delta[]> {
  const response = await fetch(`${origin}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer k' },
    body: JSON.stringify(body),
  });
  const deltas: Delta[] = [];
  let rest = '';
  if (response.body === null) throw new Error('no body');
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue;
      const { choices } = JSON.parse(line.slice(6)) as { choices: { delta: Delta }[] };
      for (const { delta } of choices) {
        deltas.push(delta);
        onDelta(delta);
      }
    }
  }
  return deltas;
}
