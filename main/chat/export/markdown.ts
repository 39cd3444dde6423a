import type { ChatMessage, ChatToolCall } from '../../../shared/contract/index.ts';
import type { WholeChat } from './index.ts';

/** The chat to read: who said what and when, each change with its effect and what became of it. */
export function asMarkdown({ session, messages, me, at }: WholeChat): string {
  const time = timeIn(me.tenant.time_zone);
  const head = [
    `# ${line(session.title)}`,
    `${line(me.user.name)}, ${line(me.tenant.name)}. Begun ${time(session.created_at)}, exported ${time(at)} (${me.tenant.time_zone}).`,
  ];
  const said = messages.filter(({ role }) => role !== 'system').map((message) => section(message, time));
  return `${[...head, ...said].join('\n\n')}\n`;
}

function section(message: ChatMessage, time: (at: string) => string): string {
  const who = message.role === 'user' ? 'You' : 'Assistant';
  const replaced = message.superseded ? ', replaced later' : '';
  const parts = [`## ${who}, ${time(message.created_at)}${replaced}`];
  if (message.role === 'user') parts.push(quote(message.content));
  else {
    for (const call of message.tool_calls) {
      if (call.said) parts.push(call.said);
      parts.push(callLine(call));
    }
    if (message.content !== '') parts.push(message.content);
  }
  if (message.error) parts.push(`> ${line(message.error.message)}`);
  return parts.join('\n\n');
}

function callLine({ tool, state, effect, ...call }: ChatToolCall): string {
  const what = effect ? line(effect.summary) : code(JSON.stringify(call.arguments));
  return `- ${code(tool)} ${state}: ${what}`;
}

function quote(text: string): string {
  return text
    .split('\n')
    .map((each) => `> ${each}`)
    .join('\n');
}

/** Text from outside in one line that Markdown takes for nothing but text. */
function line(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|]/g, (char) => `\\${char}`);
}

/** Text as code, whatever ticks it has. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const ticks = '`'.repeat(longest + 1);
  const edge = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${ticks}${edge}${text.replace(/\s+/g, ' ')}${edge}${ticks}`;
}

function timeIn(timeZone: string): (at: string) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone });
  return (at) => format.format(new Date(at));
}
