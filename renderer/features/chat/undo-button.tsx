import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import type { ChatMessage, ChatToolCall } from '../../../shared/contract/index.ts';
import { isOrderActionAllowed } from '../../../shared/domain/index.ts';
import { Button } from '../../components/button.tsx';
import { undoChange } from './mutations.ts';
import { orderQuery } from '../orders/queries.ts';
import { messagesQuery } from './queries.ts';
import { summariseResult, type ToolOrder } from './tool-result.ts';

const OVERRIDES = ['set_material_override', 'set_render_overrides'];
const undone = z.object({ undid: z.string() });

/** Can this change be taken back? An undone override too; what was cancelled stays so. */
export function isUndoable({ tool, state, result }: ChatToolCall): boolean {
  if (state !== 'done') return false;
  if (tool !== 'undo_action') return tool === 'create_order' || OVERRIDES.includes(tool);
  const before = undone.safeParse(result);
  return before.success && OVERRIDES.includes(before.data.undid);
}

/** Was it taken back, or does that wait for approval? */
function isTakenBack(messages: readonly ChatMessage[], id: string): boolean {
  return messages.some((message) =>
    message.tool_calls.some(
      ({ tool, state, ...call }) =>
        tool === 'undo_action' && call.arguments['id'] === id && (state === 'done' || state === 'awaiting'),
    ),
  );
}

/** An order that was made is taken back by cancelling it, which its end makes impossible; null where another change is. */
function madeOrder({ tool, result }: ChatToolCall): ToolOrder | null {
  return tool === 'create_order' ? (summariseResult(result).orders?.[0] ?? null) : null;
}

/** Takes a change back, as the assistant would: the effect is shown and approved first. */
export function UndoButton({ call, sessionId }: { call: ChatToolCall; sessionId: string }) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const gone = useQuery({ ...messagesQuery(sessionId), select: (messages) => isTakenBack(messages, call.id) }).data;
  const made = madeOrder(call);
  const live = useQuery({ ...orderQuery(made?.number ?? ''), enabled: made !== null }).data ?? made;
  if (gone !== false || (live && !isOrderActionAllowed('cancel', live.status))) return null;
  return (
    <Button
      size="sm"
      variant="ghost"
      icon={<Undo2 aria-hidden />}
      busy={busy}
      onClick={() => {
        setBusy(true);
        void undoChange(client, sessionId, call.id).finally(() => setBusy(false));
      }}
    >
      Undo…
    </Button>
  );
}
