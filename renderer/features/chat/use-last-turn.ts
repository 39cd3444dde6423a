import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ChatMessage } from '../../../shared/contract/index.ts';
import { setEditing, slotOf, useChat } from './chat-store.ts';
import { changedBy } from './changed-by.ts';
import { segmentsOf } from './live-turn.ts';
import { answerAgain, sendMessage } from './mutations.ts';

/** What can be done with the last question and answer of a conversation; null where it can't now. */
export interface LastTurnActions {
  /** Sends a message that did not go through, or asks for a failed answer anew. */
  retry: (() => void) | null;
  edit: (() => void) | null;
  anew: (() => void) | null;
}

const ENDED = ['done', 'failed', 'interrupted'];

/** The actions on the last turn of a conversation, as far as it is stored. */
export function useLastTurn(sessionId: string | null, messages: readonly ChatMessage[]): LastTurnActions {
  const client = useQueryClient();
  const slot = slotOf(sessionId);
  const failed = useChat((state) => state.sending[slot]);
  const question = messages.findLast((message) => message.role === 'user' && !message.superseded);
  const answer = messages.findLast((message) => !message.superseded);
  const isAnswered = answer?.role === 'assistant' && ENDED.includes(answer.status);
  const canMakeAnew = isAnswered && changedBy(segmentsOf(answer)) === null;

  const edit = useCallback(() => {
    if (question === undefined) return;
    setEditing(slot, { id: question.id, text: question.content });
    document.getElementById('composer')?.focus();
  }, [slot, question]);
  const anew = useCallback(() => {
    if (sessionId !== null && answer !== undefined) void answerAgain(client, sessionId, answer.id);
  }, [client, sessionId, answer]);
  const resend = useCallback(() => {
    const text = failed?.text ?? question?.content;
    if (text === undefined) return;
    const { context_type = null, context_id = null } = failed ? {} : (question ?? {});
    void sendMessage(client, { sessionId, text, context: context_type ? { context_type, context_id } : null });
  }, [client, sessionId, failed, question]);

  const isFree = failed === undefined && sessionId !== null;
  const retry = failed === undefined && canMakeAnew ? anew : resend;
  return {
    retry: failed || question ? retry : null,
    edit: isFree && question && answer?.status !== 'running' ? edit : null,
    anew: isFree && isAnswered ? anew : null,
  };
}
