import type { DryRun } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import type { PipelineChange, PipelineClient, SendChange } from '../../../main/pipeline/index.ts';
import { sampleOrder } from './sample-turn.ts';

export interface Sent {
  path: string;
  body: unknown;
  key: string;
  snapshot: string | null | undefined;
  origin: string;
}

export interface PipelineDouble {
  client: PipelineClient;
  /** Changes that were really sent. */
  readonly sent: Sent[];
}

export function effectOf(renders: number): DryRun['effect'] {
  return { summary: `Order with ${String(renders)} renders`, counts: { orders: 1, renders }, sample: [] };
}

/**
 * A pipeline in memory, for tests of the loop alone. `answers` are given to the changes in turn, then every change
 * succeeds; `read` stands for the reading routes a test uses.
 */
export function pipelineDouble(
  options: { renders?: number; answers?: Result<unknown>[]; read?: object } = {},
): PipelineDouble {
  const sent: Sent[] = [];
  const answers = [...(options.answers ?? [])];
  let tries = 0;
  const change = <T>(wanted: PipelineChange<T>, send: SendChange): Promise<Result<T>> => {
    const { key, origin, snapshot } = send;
    sent.push({ path: wanted.path, body: wanted.body, key, origin, snapshot });
    const answer = answers.shift() ?? ok(orderAnswer(wanted.path));
    return Promise.resolve(answer.ok ? ok(wanted.answer.parse(answer.value)) : answer);
  };
  const client = {
    dryRun: () => Promise.resolve(ok({ effect: effectOf(options.renders ?? 2), snapshot: `s${String(++tries)}` })),
    change,
    read: options.read ?? {},
  };
  return { client: client as unknown as PipelineClient, sent };
}

/** The refusal of a pipeline whose world moved, with the new effect. */
export function moved(renders: number, snapshot: string): Result<never> {
  return fail('snapshot_changed', undefined, { details: { effect: effectOf(renders), snapshot } });
}

function orderAnswer(path: string): unknown {
  const order = sampleOrder();
  return path.endsWith('override') || path.endsWith('overrides') ? { order, previous: null } : order;
}
