import type { ChatToolCall, PendingApproval, TurnEvent } from '../../../shared/contract/index.ts';
import { visible } from './visible.ts';

/** Where a turn is shown: answer text apart from progress. */
export interface Screen {
  text(chunk: string): void;
  note(line: string): void;
}

/** Shows the events of a turn as they come: text as text, everything else as one line each. */
export function showEvent(event: TurnEvent, screen: Screen): void {
  switch (event.type) {
    case 'text.delta':
      return screen.text(visible(event.text));
    case 'tool.started':
      return screen.note(`… ${callLine(event.call)}`);
    case 'tool.finished':
      return screen.note(`${event.call.state === 'done' ? '✓' : '✗'} ${callLine(event.call)}: ${event.call.state}`);
    case 'rate_limited':
      return screen.note(`The model is busy; going on at ${event.retry_at}.`);
    case 'approval.requested':
    case 'turn.started':
    case 'turn.ended':
  }
}

/** The whole effect of a change, as the pipeline worked it out; never words of the model. */
export function effectLines({ tool, effect, arguments: args }: PendingApproval): string[] {
  const counts = Object.entries(effect.counts).map(([name, count]) => `${name} ${String(count)}`);
  return [
    `${tool}: ${effect.summary}`,
    `  ${counts.join(', ')}`,
    ...effect.sample.map(({ label, note }) => `  - ${label}${note === undefined ? '' : ` (${note})`}`),
    `  arguments: ${JSON.stringify(args)}`,
  ].map(visible);
}

function callLine(call: ChatToolCall): string {
  // What the model left out is null on the wire and nothing to a person.
  const given = Object.fromEntries(Object.entries(call.arguments).filter(([, value]) => value !== null));
  return visible(`${call.tool} ${JSON.stringify(given)}`).slice(0, 200);
}
