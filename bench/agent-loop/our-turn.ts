import { createModel, runTurn, type AskModel } from '../../main/agent/index.ts';
import { freeMeter, memoryStore, pipelineDouble, sampleTurn } from '../../tests/helpers/agent/index.ts';
import { ok } from '../../shared/errors/index.ts';
import type { TurnTimes } from './turn-times.ts';

/** A model client at this server, made once, as a desk does. */
export function modelAt(origin: string): AskModel {
  const endpoint = `${origin}/v1`;
  return createModel({ form: 'v1', endpoint, deployment: 'm', apiVersion: null, key: 'k', label: 'm', offline: false });
}

/** The same turn through the agent loop, with the store in memory and tools that do nothing. */
export async function ourTurn(ask: AskModel, message: string): Promise<TurnTimes> {
  const turn = sampleTurn(message);
  const { client } = pipelineDouble({ read: { outputTypes: () => Promise.resolve(ok([])) } });
  const started = performance.now();
  let firstTokenMs = Number.NaN;
  const end = await runTurn(turn, {
    ask,
    store: memoryStore(),
    meter: freeMeter,
    pipeline: client,
    rules: { run: 'ask', tenant: { policy: 'always', max_renders: 0, max_orders: 0 } },
    signal: new AbortController().signal,
    navigate: () => undefined,
    notify: (notice) => {
      if (notice.type === 'text.delta' && Number.isNaN(firstTokenMs)) firstTokenMs = performance.now() - started;
    },
  });
  if (!end.ok) throw new Error(`the turn failed: ${end.failure.message}`);
  return { firstTokenMs, totalMs: performance.now() - started };
}
