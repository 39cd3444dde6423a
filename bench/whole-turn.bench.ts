import { toolsOf } from '../main/agent/index.ts';
import { startDesk } from '../tests/helpers/desk.ts';
import { openContestant, RAW } from './agent-loop/contestants.ts';
import { deskTurn } from './agent-loop/desk-turn.ts';
import { measureTurns } from './agent-loop/measure-turns.ts';
import { startChild } from './agent-loop/start-child.ts';
import { spreadOf, table, type Row } from './agent-loop/table.ts';
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
  const first = [...plain].map(([name, times]) =>
    rowOf(
      name,
      times.map(({ firstTokenMs }) => firstTokenMs),
    ),
  );
  const plainRows = [...plain].map(([name, times]) =>
    rowOf(
      name,
      times.map(({ totalMs }) => totalMs),
    ),
  );
  const tooledRows = [...tooled].map(([name, times]) =>
    rowOf(
      name,
      times.map(({ totalMs }) => totalMs),
    ),
  );
  table('first token', 'ms', first);
  table('whole turn, no tools', 'ms', plainRows);
  table(`whole turn with ${String(ROUNDS)} tool rounds`, 'ms', tooledRows);
  const roundOf = (at: number): number => ((tooledRows[at]?.median ?? NaN) - (plainRows[at]?.median ?? NaN)) / ROUNDS;
  return [
    figure('first token', [first[0]?.median ?? NaN, first[1]?.median ?? NaN], FIRST_TOKEN_MS),
    figure('a tool round', [roundOf(0), roundOf(1)], ROUND_MS),
  ];
}

function rowOf(name: string, samples: readonly number[]): Row {
  return { name, ...spreadOf(samples) };
}

function figure(name: string, [raw, whole]: readonly [number, number], barMs: number): Figure {
  const over = whole - raw;
  const value = `${whole.toFixed(2)} ms against raw ${raw.toFixed(2)} ms (x ${(whole / raw).toFixed(2)}, +${over.toFixed(2)} ms)`;
  return { name, value, bar: `+${String(barMs)} ms`, held: over <= barMs };
}
