import { createModel, runTurn } from '../../main/agent/index.ts';
import { ok } from '../../shared/errors/index.ts';
import { freeMeter, memoryStore, pipelineDouble, sampleTurn } from '../../tests/helpers/agent/index.ts';
import type { Bout, Contestant } from './contestant.ts';

/** A turn through the agent loop, with the store in memory and tools that do nothing; one model client, as a desk has. */
export function ours({ origin }: Bout): Contestant {
  const endpoint = `${origin}/v1`;
  const ask = createModel({
    form: 'v1',
    endpoint,
    deployment: 'm',
    apiVersion: null,
    key: 'k',
    label: 'm',
    offline: false,
  });
  const { client } = pipelineDouble({ read: { outputTypes: () => Promise.resolve(ok([])) } });
  const run: Contestant['run'] = async (message, onText) => {
    const end = await runTurn(sampleTurn(message), {
      ask,
      store: memoryStore(),
      meter: freeMeter,
      pipeline: client,
      rules: { run: 'ask', tenant: { policy: 'always', max_renders: 0, max_orders: 0 } },
      signal: new AbortController().signal,
      navigate: () => undefined,
      notify: (notice) => {
        if (notice.type === 'text.delta') onText(notice.text);
      },
    });
    if (!end.ok) throw new Error(`the turn failed: ${end.failure.message}`);
  };
  return { name: 'main/agent', run };
}
