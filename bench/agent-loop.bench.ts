import { toolsOf } from '../main/agent/index.ts';
import { modelAt, ourTurn } from './agent-loop/our-turn.ts';
import { startPacedServer } from './agent-loop/paced-server.ts';
import { rawTurn } from './agent-loop/raw-turn.ts';
import type { TurnTimes } from './agent-loop/turn-times.ts';
import { quantile, type Benchmark, type Figure } from './benchmark.ts';

const repeats = 200;
const warmUp = 30;

interface Pair {
  readonly raw: number[];
  readonly ours: number[];
}

/** Medians of turns that alternate between the two sides, so that both see the same machine. */
async function compare(origin: string, message: string, time: (times: TurnTimes) => number): Promise<Pair> {
  const ask = modelAt(origin);
  const tools = toolsOf('operator').map(({ wire }) => wire);
  const pair: Pair = { raw: [], ours: [] };
  for (let round = 0; round < warmUp + repeats; round += 1) {
    const raw = time(await rawTurn(origin, message, tools));
    const ours = time(await ourTurn(ask, message));
    if (round < warmUp) continue;
    pair.raw.push(raw);
    pair.ours.push(ours);
  }
  return pair;
}

function figure(name: string, { raw, ours }: Pair, barMs: number): Figure {
  const [least, taken] = [quantile(raw, 0.5), quantile(ours, 0.5)];
  const difference = taken - least;
  const value = `${taken.toFixed(2)} ms against raw ${least.toFixed(2)} ms (x ${(taken / least).toFixed(2)}, +${difference.toFixed(2)} ms)`;
  return { name, value, bar: `+${barMs} ms`, held: difference <= barMs };
}

export const benchmark: Benchmark = {
  what: 'the agent loop against raw fetch and SSE parsing on the same server, medians',
  run: async () => {
    const server = await startPacedServer();
    try {
      const first = await compare(server.origin, 'rounds: 0', ({ firstTokenMs }) => firstTokenMs);
      const rounds = await compare(server.origin, 'rounds: 5', ({ totalMs }) => totalMs);
      return [figure('first token', first, 1), figure('turn with 5 tool rounds', rounds, 2)];
    } finally {
      await server.close();
    }
  },
};
