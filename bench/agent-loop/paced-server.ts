import { delta, sse, startWireServer, type WireServer } from '../../tests/helpers/agent/index.ts';

/**
 * The one server both sides talk to. The user's message says `rounds: N`; while the conversation holds fewer tool
 * results it asks for a tool, then it answers in words.
 */
export function startPacedServer(): Promise<WireServer> {
  return startWireServer((response, request) => {
    const messages = request.body['messages'] as { role: string; content: string | null }[];
    const wanted = Number(/rounds: (\d+)/.exec(messages.map(({ content }) => content ?? '').join('\n'))?.[1] ?? 0);
    const had = messages.filter(({ role }) => role === 'tool').length;
    const frames = had < wanted ? [delta({ tool_calls: [toolCall(had)] }), delta({}, 'tool_calls')] : words;
    sse(...frames)(response, request);
  });
}

const words = [...'All is well with the orders.'].map((letter) => delta({ content: letter })).concat(delta({}, 'stop'));

function toolCall(number: number): object {
  const called = { name: 'list_output_types', arguments: '{}' };
  return { index: 0, id: `call_${number}`, type: 'function', function: called };
}
