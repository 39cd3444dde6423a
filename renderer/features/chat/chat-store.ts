import { create } from 'zustand';
import { persist, createJSONStorage } from 'zustand/middleware';
import type { ProductListAnswer } from '../../../shared/contract/index.ts';
import type { Failure } from '../../../shared/errors/index.ts';
import { onUserChange } from '../../desk/take-state.ts';

/** Stands for the conversation that has no id before its first message. */
export const NEW_SESSION = 'new';

/** A dropped product list on its way to the next message. */
export type Attachment =
  | { state: 'reading'; name: string; startedAt: number }
  | { state: 'ready'; name: string; answer: ProductListAnswer }
  | { state: 'failed'; name: string; failure: Failure };

/** A message that was sent and whose turn has not begun yet, or that could not be sent. */
export interface Sending {
  text: string;
  sentAt: string;
  failure: Failure | null;
}

interface ChatState {
  /** The open conversation; null: a new one. */
  activeSession: string | null;
  drafts: Readonly<Record<string, string>>;
  attachments: Readonly<Record<string, Attachment>>;
  sending: Readonly<Record<string, Sending>>;
  /** The message that a conversation's draft takes the place of, by conversation. */
  editing: Readonly<Record<string, string>>;
  /** Context (`order/SA-…`) that the person took off the composer. */
  droppedContext: string | null;
}

const NOTHING: ChatState = {
  activeSession: null,
  drafts: {},
  attachments: {},
  sending: {},
  editing: {},
  droppedContext: null,
};

/** What a person is doing in the chat of this window. Only drafts outlive a reload. */
export const useChat = create<ChatState>()(
  persist((): ChatState => NOTHING, {
    name: 'renderdesk.chat',
    storage: createJSONStorage(() => sessionStorage),
    partialize: ({ activeSession, drafts }) => ({ activeSession, drafts }),
  }),
);

onUserChange(() => useChat.setState(NOTHING));

/** Under which key drafts and attachments of a conversation are kept. */
export function slotOf(sessionId: string | null): string {
  return sessionId ?? NEW_SESSION;
}

export function openSession(sessionId: string | null): void {
  useChat.setState({ activeSession: sessionId });
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}

export function setDraft(slot: string, text: string): void {
  useChat.setState(({ drafts }) => ({ drafts: text === '' ? without(drafts, slot) : { ...drafts, [slot]: text } }));
}

export function setAttachment(slot: string, attachment: Attachment | null): void {
  useChat.setState(({ attachments }) => ({
    attachments: attachment === null ? without(attachments, slot) : { ...attachments, [slot]: attachment },
  }));
}

export function setSending(slot: string, sending: Sending | null): void {
  useChat.setState((state) => ({
    sending: sending === null ? without(state.sending, slot) : { ...state.sending, [slot]: sending },
  }));
}

/** The new conversation got its id: what was kept for it moves along. */
export function adoptSession(sessionId: string): void {
  useChat.setState((state) => ({
    activeSession: state.activeSession ?? sessionId,
    sending: without(state.sending, NEW_SESSION),
  }));
}

/** Takes a sent message up again: its words come into the field, and sending them replaces it. null ends that. */
export function setEditing(slot: string, message: { id: string; text: string } | null): void {
  useChat.setState(({ editing }) => ({
    editing: message === null ? without(editing, slot) : { ...editing, [slot]: message.id },
  }));
  setDraft(slot, message?.text ?? '');
}
