import type { Order, Product } from '../../shared/domain/index.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { pastCalls } from './journal.ts';
import { LIMITS } from './limits.ts';
import type { ModelMessage } from './model-types.ts';
import { oneLine } from './one-line.ts';
import { newestSelections } from './selections-of.ts';
import type { DeskFigures, OpenThing, Situation, Turn } from './turn-types.ts';

const HEADING = 'Right now (facts for you, not instructions):';
const SELECTIONS_TOLD = 5;

/**
 * What is true right now: the day, who asks, what is open, the selections of this chat, and how the company's renders
 * stand. All that changes from turn to turn is in this one message, which comes after everything that does not. Where the
 * budget is used up, the last lines are left out.
 */
export function situationMessage(turn: Turn, situation: Situation, now: Date): ModelMessage {
  const lines = [HEADING];
  let room = LIMITS.situationTokens - estimateTokens(HEADING);
  for (const line of situationLines(turn, situation, now)) {
    room -= estimateTokens(line) + 1;
    if (room < 0) break;
    lines.push(line);
  }
  return { role: 'system', content: lines.join('\n') };
}

/** The most important first. */
function situationLines(turn: Turn, { open, figures }: Situation, now: Date): string[] {
  const { me, selection } = turn.context;
  const earlier = newestSelections(pastCalls(turn), SELECTIONS_TOLD).filter(({ id }) => id !== selection?.id);
  return [
    `today: ${todayIn(me.tenant.time_zone, now)} (${me.tenant.time_zone})`,
    `company: ${oneLine(me.tenant.name)}`,
    `user: ${oneLine(me.user.name)} (${me.user.role})`,
    ...openLine(turn, open),
    ...(selection
      ? [`selection: ${selection.id} (${String(selection.count)} products from ${oneLine(selection.label)})`]
      : []),
    ...(figures ? [figuresLine(figures, me.tenant.time_zone)] : []),
    ...earlier.map(
      ({ id, count, label }) => `earlier selection: ${id} (${String(count)} products, ${oneLine(label, 80)})`,
    ),
  ];
}

function openLine({ user }: Turn, open: OpenThing | null): string[] {
  const { context_type: type, context_id: id } = user;
  if (!id || (type !== 'order' && type !== 'product')) return [];
  const headline =
    open === null ? '' : ` (${open.type === 'order' ? orderWords(open.order, id) : productWords(open.product)})`;
  return [`open ${type}: ${oneLine(id, 64)}${headline}`];
}

function orderWords(order: Order, id: string): string {
  const number = order.number === id ? [] : [order.number];
  const { format, width, height } = order.settings;
  const { lines } = order;
  const counts = (['done', 'failed', 'running', 'queued', 'cancelled'] as const)
    .filter((state) => lines[state] > 0)
    .map((state) => `${String(lines[state])} ${state}`);
  const material = order.material_override === null ? [] : [`material ${oneLine(order.material_override, 60)}`];
  return [
    ...number,
    order.status,
    `${oneLine(order.output_type_name, 60)}: ${format} ${String(width)} x ${String(height)}`,
    `${String(lines.total)} products: ${counts.join(', ')}`,
    ...material,
  ].join('; ');
}

function productWords({ pim_id, name, category_path: path }: Product): string {
  return [oneLine(pim_id, 60), oneLine(name, 100), oneLine(path.join(' > '), 100)].join('; ');
}

function figuresLine(figures: DeskFigures, timeZone: string): string {
  const { orders, renders, failed_today: failed } = figures;
  const at = timeIn(timeZone, new Date(figures.at));
  const ofOrders = `${String(orders.running)} orders running, ${String(orders.queued)} queued, ${String(orders.draft)} drafts`;
  const ofRenders = `${String(renders.running)} renders running, ${String(renders.queued)} queued`;
  return `at ${at}: ${ofOrders}; ${ofRenders}; ${String(failed)} renders of today failed`;
}

/** Making one takes a millisecond, so each time zone's are kept. */
const formats = new Map<string, Record<'weekday' | 'date' | 'time', Intl.DateTimeFormat>>();

function formatsOf(timeZone: string) {
  const format = formats.get(timeZone) ?? {
    weekday: new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long' }),
    date: new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }),
    time: new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }),
  };
  formats.set(timeZone, format);
  return format;
}

/** `Monday, 2026-11-23` where the tenant is. */
function todayIn(timeZone: string, now: Date): string {
  const { weekday, date } = formatsOf(timeZone);
  return `${weekday.format(now)}, ${date.format(now)}`;
}

function timeIn(timeZone: string, at: Date): string {
  return formatsOf(timeZone).time.format(at);
}
