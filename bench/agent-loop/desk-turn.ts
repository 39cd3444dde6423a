import type { RunningDesk } from '../../tests/helpers/desk.ts';
import type { Contestant } from './contestant.ts';
import { linesOf } from './lines-of.ts';

/** A turn of a whole desk, over its Chat API: a conversation of its own, all of it kept by the pipeline. */
export function deskTurn(desk: RunningDesk): Contestant {
  const run: Contestant['run'] = async (message, onText) => {
    const response = await desk.request('/api/chat/messages', {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify({ message }),
    });
    if (!response.ok || response.body === null) throw new Error(await response.text());
    let event = '';
    for await (const line of linesOf(response.body)) {
      if (line.startsWith('event: ')) event = line.slice(7);
      else if (line.startsWith('data: ')) take(event, JSON.parse(line.slice(6)), onText);
    }
  };
  return { name: 'desk', run };
}

function take(event: string, data: unknown, onText: (text: string) => void): void {
  if (event === 'text.delta') onText((data as { text: string }).text);
  if (event === 'turn.ended' && (data as { status: string }).status !== 'done') {
    throw new Error(`the turn failed: ${JSON.stringify(data).slice(0, 300)}`);
  }
}
