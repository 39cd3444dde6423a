import { z } from 'zod';
import { renderOverridesSchema, type JournalEntry } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { changes, type OverrideAnswer } from '../../pipeline/index.ts';
import { orderView } from './order-view.ts';
import { preparedChange, tool, type PreparedCall } from './tool.ts';

const doneSchema = z.object({
  order: z.object({ id: z.uuid() }),
  previous: z.unknown().optional(),
  /** What an undo took back, which can be taken back in turn. */
  undid: z.string().optional(),
});

export const undoAction = tool(
  {
    name: 'undo_action',
    description:
      'Takes back a change made in this conversation; id is the action_id of its result. Overrides get what stood there before; ' +
      'a created order is cancelled as far as it is not rendered. Other changes cannot be taken back. The user approves it first. ' +
      'Gives {order, undid}, or {rejected, reason}.',
    args: z.object({ id: z.uuid().describe('action_id of the change') }).strict(),
  },
  'change',
  ({ id }, past) => {
    const action = past.find((call) => call.id === id && call.state === 'done');
    if (!action) return fail('validation_failed', 'id: no change of this conversation has this action_id.');
    const undo = past.find(
      (call) => call.tool === 'undo_action' && call.arguments['id'] === id && call.state === 'done',
    );
    return undo ? fail('validation_failed', 'It has been taken back already.') : undoOf(action);
  },
);

/** The change that takes another one back, from what the journal kept of it. */
function undoOf({ tool: name, result }: JournalEntry): Result<PreparedCall> {
  const done = doneSchema.safeParse(result);
  const cannot = fail('validation_failed', `${name} cannot be taken back.`);
  if (!done.success) return cannot;
  const { order, previous, undid } = done.data;
  if (name === 'create_order') {
    const tell = (cancelled: Parameters<typeof orderView>[0]) => ({ order: orderView(cancelled), undid: name });
    return ok(preparedChange(changes.cancel(order.id), tell));
  }
  const override = name === 'undo_action' ? undid : name;
  const tell = ({ order: after, previous: before }: OverrideAnswer) => {
    return { order: orderView(after), previous: before, undid: override };
  };
  if (override === 'set_material_override') {
    const material = z.string().nullable().safeParse(previous);
    return material.success ? ok(preparedChange(changes.setMaterialOverride(order.id, material.data), tell)) : cannot;
  }
  if (override !== 'set_render_overrides') return cannot;
  const overrides = renderOverridesSchema.safeParse(previous ?? {});
  return overrides.success ? ok(preparedChange(changes.setRenderOverrides(order.id, overrides.data), tell)) : cannot;
}
