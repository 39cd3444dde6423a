import type { ModelTool } from '../../main/agent/index.ts';

/** Where the model is and which tools it is offered; the same for all. */
export interface Bout {
  /** `http://127.0.0.1:PORT`, without `/v1`. */
  readonly origin: string;
  readonly tools: readonly ModelTool[];
}

/** A way to run a turn: ours, the least there can be, or another library's. */
export interface Contestant {
  readonly name: string;
  /** Runs the whole turn that begins with this message, tools included; each piece of the answer's text goes to `onText`, none is empty. */
  run(message: string, onText: (text: string) => void): Promise<void>;
}

/** What a turn took, in ms from the user's message. */
export interface TurnTimes {
  /** To the first text of the answer. */
  readonly firstTokenMs: number;
  readonly totalMs: number;
  /** Processor time of this process, which other load on the machine does not stretch; the server's is not in it. */
  readonly cpuMs: number;
}

/** Runs a turn against the clock. Throws where the answer is not the one the server gave. */
export async function timedTurn(contestant: Contestant, message: string, answer: string): Promise<TurnTimes> {
  const before = process.cpuUsage();
  const started = performance.now();
  let firstTokenMs = Number.NaN;
  let said = '';
  await contestant.run(message, (text) => {
    if (said === '') firstTokenMs = performance.now() - started;
    said += text;
  });
  const totalMs = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  if (said !== answer) throw new Error(`${contestant.name} gave another answer: ${said.slice(0, 200)}`);
  return { firstTokenMs, totalMs, cpuMs: (user + system) / 1000 };
}
