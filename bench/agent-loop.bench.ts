import { toolsOf } from '../main/agent/index.ts';
import { openContestant, OTHERS, OURS, RAW } from './agent-loop/contestants.ts';
import { installOthers } from './agent-loop/install-others.ts';
import { measureAnswers, type LongAnswer } from './agent-loop/measure-answer.ts';
import type { Contestant } from './agent-loop/contestant.ts';
import { measureTurns } from './agent-loop/measure-turns.ts';
import { overRaw, rowsOf } from './agent-loop/over-raw.ts';
import { spreadOf, table, type Row } from './agent-loop/table.ts';
import { startChild } from './agent-loop/start-child.ts';
import type { Benchmark, Figure } from './benchmark.ts';

const turns = { warmUp: 30, times: 150 };
const answers = { tokens: 5000, times: 3 };

export const benchmark: Benchmark = {
  what: 'the agent loop against raw fetch and SSE parsing and against other libraries, on one server; medians',
  run: async () => {
    const installed = await installOthers();
    if ('missing' in installed)
      console.log(`  skipped  ${OTHERS.join(', ')}: npm could not install them: ${installed.missing}`);
    const others = 'missing' in installed ? '' : installed.folder;
    const keys = [RAW, OURS, ...('missing' in installed ? [] : OTHERS)];
    const { child, said: origin } = await startChild<string>('model-server.ts');
    try {
      return await measure(keys, { origin, others });
    } finally {
      child.kill();
    }
  },
};

async function measure(keys: readonly string[], place: { origin: string; others: string }): Promise<Figure[]> {
  const tools = toolsOf('operator').map(({ wire }) => wire);
  const contestants: Contestant[] = [];
  for (const key of keys) contestants.push(await openContestant(key, { origin: place.origin, tools }, place.others));
  const nameOf = new Map(keys.map((key, at) => [key, contestants[at]?.name ?? key]));

  const first = await measureTurns(contestants, { rounds: 0, tokens: 30 }, turns);
  const rounds = await measureTurns(contestants, { rounds: 5, tokens: 30 }, turns);
  const long = await measureAnswers(keys, place, answers);

  const firstRows = rowsOf(first, ({ firstTokenMs }) => firstTokenMs);
  const roundRows = rowsOf(rounds, ({ totalMs }) => totalMs);
  const cpuRows = rowsOf(rounds, ({ cpuMs }) => cpuMs);
  const longOf = (of: (answer: LongAnswer) => number): Row[] =>
    keys.map((key) => ({ name: nameOf.get(key) ?? key, ...spreadOf((long.get(key) ?? []).map(of)) }));
  table('first token', 'ms', firstRows);
  table('turn with 5 tool rounds', 'ms', roundRows);
  table('turn with 5 tool rounds: processor time', 'ms', cpuRows);
  const length = `an answer of ${answers.tokens} tokens`;
  table(
    `${length}: processor time a token`,
    'µs',
    longOf(({ cpuUs }) => cpuUs),
  );
  table(
    `${length}: growth of the heap at its peak`,
    'MB',
    longOf(({ heapBytes }) => heapBytes / 1e6),
  );
  table(
    `${length}: growth of resident memory at its peak`,
    'MB',
    longOf(({ rssBytes }) => rssBytes / 1e6),
  );
  table(
    `${length}: resident memory of the process at its peak`,
    'MB',
    longOf(({ rssPeak }) => rssPeak / 1e6),
  );
  return [
    overRaw('first token', firstRows[0]?.median, firstRows[1]?.median, 1),
    overRaw('turn with 5 tool rounds', roundRows[0]?.median, roundRows[1]?.median, 2),
  ];
}
