import { pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Outcome } from '../conversation/outcome.ts';
import { numberOf, objectOr, objectsIn, textOf } from '../wire/json.ts';
import type { JsonObject } from '../wire/json.ts';
import { count, day, list, name, table } from './markdown.ts';
import { misfortune } from './outcome.ts';

const PERIODS: Record<string, [english: string, german: string]> = {
  today: ['today', 'heute'],
  yesterday: ['yesterday', 'gestern'],
  this_week: ['this week', 'diese Woche'],
  last_week: ['last week', 'letzte Woche'],
  this_month: ['this month', 'diesen Monat'],
  last_month: ['last month', 'letzten Monat'],
  all: ['in all', 'insgesamt'],
};
const REASONS = 8;
const NOT_FAILED =
  /\b(?:(?:not|never|didn[’']?t|without|nicht|ohne)\s+(?:\w+\s+)?(?:fail\w*|fehl\w*)|succeed\w*|success\w*|erfolgreich\w*)/;

/** The answer after `get_render_stats`: the figure that was asked for first, then what explains it. */
export function statsAnswer(ask: Ask, outcome: Outcome): string {
  const failed = misfortune(ask, outcome);
  if (failed !== undefined) return failed;
  const { value } = outcome;
  const when = period(ask, outcome);
  const parts = [headline(ask, value, when), durations(ask, value), reasons(ask, value), groups(ask, value)];
  return parts.filter((part) => part !== '').join('\n\n');
}

function headline(ask: Ask, value: JsonObject, when: string): string {
  const figure = (member: string): string => count(numberOf(value[member]) ?? 0, ask.language);
  const total = figure('total');
  if (NOT_FAILED.test(ask.folded)) {
    return pick(
      ask,
      `**${figure('done')}** of ${total} renders are done ${when}; ${figure('failed')} failed.`,
      `**${figure('done')}** von ${total} Renders sind ${when} fertig geworden; ${figure('failed')} fehlgeschlagen.`,
    );
  }
  if (/\b(?:fail|fehl)/.test(ask.folded)) {
    const one = numberOf(value.failed) === 1;
    return pick(
      ask,
      `**${figure('failed')}** of ${total} renders failed ${when}.`,
      `**${figure('failed')}** von ${total} Renders ${one ? 'ist' : 'sind'} ${when} fehlgeschlagen.`,
    );
  }
  return pick(
    ask,
    `**${total}** renders ${when}: ${figure('done')} done, ${figure('failed')} failed, ${figure('running')} running, ${figure('queued')} queued, ${figure('cancelled')} cancelled.`,
    `**${total}** Renders ${when}: ${figure('done')} fertig, ${figure('failed')} fehlgeschlagen, ${figure('running')} in Arbeit, ${figure('queued')} eingereiht, ${figure('cancelled')} storniert.`,
  );
}

/** "this week (16 Nov 2026 – 23 Nov 2026, Europe/Berlin)", from what the result says it counted. */
function period(ask: Ask, outcome: Outcome): string {
  const words = PERIODS[textOf(outcome.arguments.period) ?? ''];
  const said = words === undefined ? '' : `${pick(ask, ...words)} `;
  const zone = textOf(outcome.value.time_zone);
  const since = textOf(outcome.value.since);
  const until = textOf(outcome.value.until);
  if (since === undefined || until === undefined) return said.trim();
  const from = day(since, ask.language, zone, true);
  const to = day(until, ask.language, zone, true);
  return `${said}(${from} – ${to}${zone === undefined ? '' : `, ${name(zone)}`})`;
}

function durations(ask: Ask, value: JsonObject): string {
  if (
    !/\b(?:how long|how fast|wie lange|wie schnell|duration|dauer|throughput|durchsatz|stats|statisti)/.test(ask.folded)
  )
    return '';
  const { p50, p95 } = objectOr(value.duration_ms);
  const half = numberOf(p50);
  const most = numberOf(p95);
  if (half === undefined || most === undefined) return pick(ask, 'No durations yet.', 'Noch keine Dauern.');
  const seconds = (ms: number): string => `${count(ms / 1000, ask.language)} s`;
  return pick(
    ask,
    `Half took at most ${seconds(half)}, 95 % at most ${seconds(most)}.`,
    `Die Hälfte dauerte höchstens ${seconds(half)}, 95 % höchstens ${seconds(most)}.`,
  );
}

function reasons(ask: Ask, value: JsonObject): string {
  const all = objectsIn(value.failures_by_reason);
  if (all.length === 0) return '';
  const lines = all
    .slice(0, REASONS)
    .map((entry) => `${name(textOf(entry.reason) ?? '?')}: ${count(numberOf(entry.count) ?? 0, ask.language)}`);
  return `${pick(ask, 'Reasons:', 'Gründe:')}\n\n${list(lines)}`;
}

function groups(ask: Ask, value: JsonObject): string {
  const all = objectsIn(value.groups);
  if (all.length === 0) return '';
  const head = pick(ask, 'group,total,done,failed', 'Gruppe,gesamt,fertig,fehlgeschlagen').split(',');
  return table(
    head,
    all.map((group) => [group.key, group.total, group.done, group.failed]),
  );
}
