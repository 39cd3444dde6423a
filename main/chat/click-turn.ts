import { z } from 'zod';
import { ok } from '../../shared/errors/index.ts';
import type { AskModel, Turn } from '../agent/index.ts';
import type { PipelineMeter } from './token-meter.ts';

/** In place of a model's id of a call: a person asked for it by a click, and no model has a part in the turn. */
export const CLICK = 'click';

export function isClickTurn({ assistant }: Turn): boolean {
  return assistant.tool_calls[0]?.model_call_id === CLICK;
}

const resultSchema = z
  .object({
    order: z.object({ number: z.string(), status: z.string() }),
    error: z.object({ message: z.string() }),
    reason: z.string(),
  })
  .partial();

/** Says what came of a click's change; the journal says it, so nobody has to be asked. */
export const clickAnswer: AskModel = ({ messages, onText }) => {
  const last = messages.findLast(({ role }) => role === 'tool');
  const { order, error, reason } = resultSchema.parse(JSON.parse(String(last?.content ?? '{}')));
  const text = order
    ? `It is taken back: ${order.number} is ${order.status} now.`
    : `Nothing was taken back. ${error?.message ?? reason ?? ''}`.trim();
  onText(text);
  return Promise.resolve(ok({ text, calls: [], finish: 'stop', usage: { prompt: 0, completion: 0, total: 0 } }));
};

/** A turn without a model takes no tokens. */
export const clickMeter: PipelineMeter = {
  check: () => Promise.resolve(ok(undefined)),
  reserve: () => Promise.resolve(ok({ settle: () => 0 })),
  flush: () => Promise.resolve(),
};
