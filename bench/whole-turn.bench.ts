import { toolsOf } from '../main/agent/index.ts';
import { startDesk } from '../tests/helpers/desk.ts';
import { openContestant, RAW } from './agent-loop/contestants.ts';
import { deskTurn } from './agent-loop/desk-turn.ts';
import { measureTurns } from './agent-loop/measure-turns.ts';
import { overRaw, rowsOf } from './agent-loop/over-raw.ts';
import { startChild } from './agent-loop/start-child.ts';
import { table } from './agent-loop/table.ts';
import type { Contestant } from './agent-loop/contestant.ts';
import type { Benchmark, Figure } from './benchmark.ts';

const ROUNDS = 5;
const turns = { warmUp: 20, times: 100 };
const FIRST_TOKEN_MS = 10;
const ROUND_MS = 10;

/**
 * A desk with its embedded pipeline, both in processes of their own, against raw fetch and SSE parsing: what is over raw is the
 * way to the desk and back, its loop, a real read in each tool round, and all that is stored before, between and after.
 */
export const benchmark: Benchmark = {
  what: 'a whole turn of a desk on its embedded pipeline, everything stored, against raw fetch; one model server; medians',
  run: async () => {
    const { child, said: origin } = await startChild<string>('model-server.ts');
    const model = { AZURE_OPENAI_ENDPOINT: `${origin}/v1`, AZURE_OPENAI_API_KEY: 'k', AZURE_OPENAI_DEPLOYMENT: 'm' };
    // The pictures of the sample's past would be drawn beside the first minutes.
    const desk = await startDesk({ env: { ...model, RENDERDESK_SAMPLE_IMAGES: 'off' } });
    try {
      const tools = toolsOf('operator').map(({ wire }) => wire);
      return await measure([await openContestant(RAW, { origin, tools }, ''), deskTurn(desk)]);
    } finally {
      await desk.stop();
      child.kill();
    }
  },
};

async function measure(contestants: readonly Contestant[]): Promise<Figure[]> {
  const plain = await measureTurns(contestants, { rounds: 0, tokens: 30 }, turns);
  const tooled = await measureTurns(contestants, { rounds: ROUNDS, tokens: 30 }, turns);
  const first = rowsOf(plain, ({ firstTokenMs }) => firstTokenMs);
  const plainRows = rowsOf(plain, ({ totalMs }) => totalMs);
  const tooledRows = rowsOf(tooled, ({ totalMs }) => totalMs);
  table('first token', 'ms', first);
  table('whole turn, no tools', 'ms', plainRows);
  table(`whole turn with ${String(ROUNDS)} tool rounds`, 'ms', tooledRows);
  const roundOf = (at: number): number => ((tooledRows[at]?.median ?? NaN) - (plainRows[at]?.median ?? NaN)) / ROUNDS;
  return [
    overRaw('first token', first[0]?.median, first[1]?.median, FIRST_TOKEN_MS),
    overRaw('a tool round', roundOf(0), roundOf(1), ROUND_MS),
  ];
}
