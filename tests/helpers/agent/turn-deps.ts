import { fail } from '../../../shared/errors/index.ts';
import type { TurnDeps, TurnNotice } from '../../../main/agent/index.ts';
import { freeMeter, memoryStore, type MemoryStore } from './memory-store.ts';
import { pipelineDouble, type PipelineDouble } from './pipeline-double.ts';

export interface TurnParts {
  deps: TurnDeps;
  store: MemoryStore;
  pipeline: PipelineDouble;
  /** What the turn told, in order. */
  readonly notices: TurnNotice[];
}

/** What a turn needs from outside, in memory: a month without a limit, everything asked of a person, no model. */
export function turnParts(more: Partial<TurnDeps> = {}, pipeline: PipelineDouble = pipelineDouble()): TurnParts {
  const store = memoryStore();
  const notices: TurnNotice[] = [];
  const deps: TurnDeps = {
    ask: () => Promise.resolve(fail('model_failed')),
    store,
    meter: freeMeter,
    pipeline: pipeline.client,
    rules: { run: 'ask', tenant: { policy: 'always', max_renders: 20, max_orders: 1 } },
    navigate: () => undefined,
    notify: (notice) => void notices.push(notice),
    signal: new AbortController().signal,
    ...more,
  };
  return { deps, store, pipeline, notices };
}
