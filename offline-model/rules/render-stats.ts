import { statsAnswer } from '../answers/stats.ts';
import { lastOutcome, pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import { namesSeveralPeriods } from '../extract/time.ts';
import type { JsonObject } from '../wire/json.ts';
import { speaksOfOrder } from './order-target.ts';
import { isCommand } from './command.ts';
import { isWanted } from './create-order.ts';
import { meansFailed } from './part-of-selection.ts';
import { call, notOffered, say } from './rule.ts';
import type { Rule } from './rule.ts';

const FIGURES =
  /\b(?:how many|how much|number of|wie ?viele?|anzahl|why|warum|wieso|weshalb|reasons?|gruende?|statistics?|stats|statistiken?|throughput|durchsatz|how long|how fast|wie lange|wie schnell|durations?|dauer\w*|failure rate|fehlerquote|render figures|zahlen)\b/;
const RENDERS =
  /\b(?:renders?|renderings?|rendered|gerendert\w*|bilder|images|fail\w*|fehl(?:er|geschlagen|schlaege|quote)\w*|throughput|durchsatz|stats|statisti\w*)\b/;
/** "Show me everything that failed this week." */
const FAILED = /\b(?:failed|failures?|fehlgeschlagen\w*|fehler)\b/;
const OTHER = /\b(?:orders|auftraegen?|bestellungen)\b/;

/** "How many renders failed this week?", "Warum sind Renders fehlgeschlagen?", "throughput today". */
export const renderStats: Rule = {
  name: 'render-stats',
  respond: (ask) => {
    const dated = Object.keys(ask.slots.time).length > 0 && (FAILED.test(ask.folded) || RENDERS.test(ask.folded));
    if (!dated && (!FIGURES.test(ask.folded) || !RENDERS.test(ask.folded))) return undefined;
    if (OTHER.test(ask.folded) || speaksOfOrder(ask)) return undefined;
    // "Order the ones that failed this week" counts nothing.
    if (meansFailed(ask) && isCommand(ask) && isWanted(ask)) return undefined;
    if (!ask.tools.has('get_render_stats')) return notOffered(ask, 'get_render_stats');
    if (namesSeveralPeriods(ask.text)) return say(onePeriod(ask));
    const done = lastOutcome(ask, 'get_render_stats');
    if (done !== undefined) return say(statsAnswer(ask, done));
    const { time, groupBy } = ask.slots;
    const args: JsonObject = { ...time, ...(groupBy === undefined ? {} : { group_by: groupBy }) };
    return call(ask.tools.call('get_render_stats', args));
  },
};

function onePeriod(ask: Ask): string {
  return pick(
    ask,
    'I count one period at a time. Ask first for one, such as “How many renders failed this week?”, then for the other.',
    'Ich zähle einen Zeitraum auf einmal. Fragen Sie erst nach dem einen, etwa „Wie viele Renders sind diese Woche fehlgeschlagen?“, dann nach dem anderen.',
  );
}
