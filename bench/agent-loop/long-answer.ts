import { toolsOf } from '../../main/agent/index.ts';
import { timedTurn } from './contestant.ts';
import { openContestant } from './contestants.ts';
import { answerOf, messageOf } from './question.ts';
import type { LongAnswer } from './measure-answer.ts';

/**
 * Measures the long answers of one contestant in a process that nothing else happens in, and tells its parent:
 * `node --expose-gc long-answer.ts ORIGIN CONTESTANT FOLDER TOKENS`.
 */
const [origin = '', key = '', others = '', count = ''] = process.argv.slice(2);
const tokens = Number(count);
const sampleEvery = 50;
const warmUp = 3;
const repeats = 3;

const contestant = await openContestant(key, { origin, tools: toolsOf('operator').map(({ wire }) => wire) }, others);
await turnOf(200);
const memory = await measureMemory();
for (let round = 0; round < warmUp; round += 1) await turnOf(tokens);
const before = process.cpuUsage();
for (let round = 0; round < repeats; round += 1) await turnOf(tokens);
const { user, system } = process.cpuUsage(before);
process.send?.({ ...memory, cpuUs: (user + system) / repeats / tokens } satisfies LongAnswer);
process.disconnect();

async function turnOf(length: number): Promise<void> {
  const message = messageOf({ rounds: 0, tokens: length });
  await timedTurn(contestant, message, answerOf(message).tokens.join(''));
}

/** What one answer adds at its peak to a heap that was just swept. */
async function measureMemory(): Promise<Omit<LongAnswer, 'cpuUs'>> {
  if (!globalThis.gc) throw new Error('run it with --expose-gc');
  globalThis.gc();
  const start = process.memoryUsage();
  const peak = { heap: 0, rss: 0 };
  let pieces = 0;
  const look = (): void => {
    const { heapUsed, external, rss } = process.memoryUsage();
    peak.heap = Math.max(peak.heap, heapUsed + external);
    peak.rss = Math.max(peak.rss, rss);
  };
  await contestant.run(messageOf({ rounds: 0, tokens }), () => {
    if (pieces++ % sampleEvery === 0) look();
  });
  look();
  return { heapBytes: peak.heap - start.heapUsed - start.external, rssBytes: peak.rss - start.rss, rssPeak: peak.rss };
}
