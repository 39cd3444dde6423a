import { randomUUID } from 'node:crypto';
import type {
  ApprovalRows,
  ApprovalRowsRequest,
  ChatExport,
  ChatMessage,
  ChatQueue,
  Decision,
  ExportFormat,
  PendingApproval,
  QueueChange,
  SendRequest,
  SharedDecision,
  TurnEvent,
  TurnOutcome,
  UndoRequest,
} from '../../shared/contract/index.ts';
import type { ChatSession, Me, SessionChange, StoredMessage, Usage } from '../../shared/domain/index.ts';
import { ok, type Result } from '../../shared/errors/index.ts';
import { pendingApproval, type AskModel, type Navigation, type Situation } from '../agent/index.ts';
import { isExpired, type ApprovalRules } from '../approvals/index.ts';
import type { PipelineClient } from '../pipeline/index.ts';
import { approvalRows } from './approval-rows.ts';
import { decide, decideAll } from './decide.ts';
import { figuresReader } from './desk-figures.ts';
import { createLiveTurns, type LiveTurns } from './live-turns.ts';
import { createSendQueue } from './queue.ts';
import { readSession } from './read-session.ts';
import { regenerate } from './regenerate.ts';
import type { LiveDeps } from './run-live.ts';
import { send } from './send.ts';
import { changeSession, exportSession, messagesOf, standingOf } from './sessions.ts';
import { readSituation, type OpenIn } from './situation.ts';
import { pipelineStore, type ChatStore } from './store.ts';
import type { TokenCounter } from './token-counter.ts';
import { pipelineMeter, type PipelineMeter } from './token-meter.ts';
import { turnStore } from './turn-store.ts';
import { undo } from './undo.ts';

/** What a chat needs from the desk: one signed-in user on one pipeline. */
export interface ChatOptions {
  client: PipelineClient;
  me: Me;
  deskId: string;
  counter: TokenCounter;
  /** The model as configured now, or why there is none. */
  model: () => Promise<Result<AskModel>>;
  rules: () => Promise<Result<ApprovalRules>>;
  /** Everybody who listens to the desk. */
  broadcast: (sessionId: string, event: TurnEvent) => void;
  /** Shows something in the user's window. */
  navigate: (to: Navigation) => void;
  /** What of a session waits to be sent has changed. */
  tellQueue: (queue: ChatQueue) => void;
  log: (line: string) => void;
}

/** The options with what the chat's own modules share. */
export interface ChatDeps extends ChatOptions {
  store: ChatStore;
  live: LiveTurns;
  notifier: (sessionId: string, onEvent: (event: TurnEvent) => void) => (event: TurnEvent) => void;
  meter: PipelineMeter;
  /** What the model is told of the world, for a message that says what was open. */
  situation: (message: OpenIn) => Promise<Situation>;
  liveDeps: (turn: LiveTurnOptions) => LiveDeps;
}

interface LiveTurnOptions {
  ask: AskModel;
  /** In place of the month's tokens, for a turn without a model. */
  meter?: PipelineMeter;
  rules: ApprovalRules;
  situation?: () => Promise<Situation>;
  /** The turn's record as it is being stored. */
  record: Promise<Result<StoredMessage>>;
  sessionId: string;
  onEvent: (event: TurnEvent) => void;
}

export interface Chat {
  send(request: SendRequest, onEvent: (event: TurnEvent) => void): Promise<Result<TurnOutcome>>;
  decide(id: string, decision: Decision, onEvent: (event: TurnEvent) => void): Promise<Result<TurnOutcome>>;
  approvalRows(request: ApprovalRowsRequest): Promise<Result<ApprovalRows>>;
  decideAll(decision: SharedDecision, onEvent: (event: TurnEvent) => void): Promise<Result<TurnOutcome>>;
  undo(request: UndoRequest, onEvent: (event: TurnEvent) => void): Promise<Result<TurnOutcome>>;
  /** Makes the last answer of a session anew. */
  regenerate(sessionId: string, onEvent: (event: TurnEvent) => void): Promise<Result<TurnOutcome>>;
  stop(sessionId: string): Promise<{ stopped: boolean }>;
  /** The messages that wait for a session's turn to end. */
  queue(sessionId: string): ChatQueue;
  changeQueue(sessionId: string, change: QueueChange): Result<ChatQueue>;
  /** Something in a session changed, here or at another desk. */
  noticed(sessionId: string): void;
  change(sessionId: string, change: SessionChange): Promise<Result<ChatSession>>;
  export(sessionId: string, format: ExportFormat): Promise<Result<ChatExport>>;
  /** The user's sessions, or those with the text in their title or a message. */
  sessions(text?: string): Promise<Result<ChatSession[]>>;
  messages(sessionId: string): Promise<Result<ChatMessage[]>>;
  approvals(): Promise<Result<PendingApproval[]>>;
  delete(sessionId: string): Promise<Result<{ deleted: boolean }>>;
  /** Tokens of the month, and of a chat where one is named. */
  usage(sessionId?: string | null): Promise<Result<Usage>>;
  /** Finds what died with an earlier desk and brings it to a state a person can act on. */
  reconcile(): Promise<void>;
  /** Stops live turns and waits for their records. */
  close(): Promise<void>;
}

/** The chat of one signed-in user: sessions, messages, live turns and decisions. */
export function createChat(options: ChatOptions): Chat {
  const deps = withShared(options);
  const { client, live } = deps;
  const queue = createSendQueue({
    standing: (sessionId) => standingOf(sessionId, deps),
    send: (request) => ended(send(request, deps, () => undefined)),
    tell: options.tellQueue,
  });
  /** What waits behind a turn goes on once that is over. */
  const ended = async (turn: Promise<Result<TurnOutcome>>): Promise<Result<TurnOutcome>> => {
    const outcome = await turn;
    if (outcome.ok) queue.poke(outcome.value.session_id);
    return outcome;
  };
  return {
    send: (request, onEvent) => ended(send(request, deps, onEvent)),
    decide: (id, decision, onEvent) => ended(decide(id, decision, deps, onEvent)),
    approvalRows: (request) => approvalRows(request, deps),
    decideAll: (decision, onEvent) => ended(decideAll(decision, deps, onEvent)),
    undo: (request, onEvent) => ended(undo(request, deps, onEvent)),
    regenerate: (sessionId, onEvent) => ended(regenerate(sessionId, deps, onEvent)),
    queue: (sessionId) => queue.read(sessionId),
    changeQueue: (sessionId, change) => queue.change(sessionId, change),
    noticed: (sessionId) => {
      if (live.inSession(sessionId).length === 0) queue.poke(sessionId);
    },
    change: (sessionId, change) => changeSession(sessionId, change, deps),
    export: (sessionId, format) => exportSession(sessionId, format, deps),
    stop: async (sessionId) => ({ stopped: await stopTurns(live, sessionId) }),
    sessions: (text) => client.chat.sessions(text),
    messages: (sessionId) => messagesOf(sessionId, deps),
    approvals: () => approvals(client),
    delete: async (sessionId) => {
      queue.drop(sessionId);
      await stopTurns(live, sessionId);
      const deleted = await client.chat.deleteSession(sessionId, randomUUID());
      return deleted.ok ? ok({ deleted: true }) : deleted;
    },
    usage: (sessionId) => client.chat.usage(sessionId ?? undefined),
    reconcile: () => reconcileOpen(deps),
    close: async () => {
      queue.close();
      for (const { abort } of live.all()) abort.abort();
      await Promise.all(live.all().map(({ ended }) => ended));
    },
  };
}

function withShared(options: ChatOptions): ChatDeps {
  const { client, counter, log } = options;
  const store = pipelineStore(client.chat);
  const live = createLiveTurns();
  const meter = pipelineMeter(client.chat, counter, log);
  const notifier: ChatDeps['notifier'] = (sessionId, onEvent) => (event) => {
    onEvent(event);
    options.broadcast(sessionId, event);
  };
  const { deskId, navigate } = options;
  const grants = (sessionId: string) => client.chat.grants(sessionId);
  const common = { meter, live, log, deskId, navigate, pipeline: client, grants };
  const figures = figuresReader(client.read, log);
  const situation = (message: OpenIn) => readSituation(message, { read: client.read, figures });
  const liveDeps: ChatDeps['liveDeps'] = ({ ask, rules, record, sessionId, onEvent, ...own }) => {
    return { ...common, ...own, ask, rules, store: turnStore(store, record), emit: notifier(sessionId, onEvent) };
  };
  return { ...options, store, live, meter, notifier, situation, liveDeps };
}

async function approvals(client: PipelineClient): Promise<Result<PendingApproval[]>> {
  const awaiting = await client.chat.toolCalls('awaiting');
  if (!awaiting.ok) return awaiting;
  const open = awaiting.value.filter((call) => !isExpired(call.expires_at, Date.now()));
  return ok(open.map((call) => pendingApproval(call, call.session_id)).filter((approval) => approval !== undefined));
}

async function stopTurns(live: LiveTurns, sessionId: string): Promise<boolean> {
  const turns = live.inSession(sessionId);
  for (const { abort } of turns) abort.abort();
  await Promise.all(turns.map(({ ended }) => ended));
  return turns.length > 0;
}

async function reconcileOpen(deps: ChatDeps): Promise<void> {
  const sessions = new Set<string>();
  for (const state of ['approved', 'running', 'proposed', 'unknown'] as const) {
    const calls = await deps.client.chat.toolCalls(state);
    if (!calls.ok) deps.log(`open calls not read: ${calls.failure.message}`);
    else for (const call of calls.value) sessions.add(call.session_id);
  }
  for (const sessionId of sessions) {
    const read = await readSession(sessionId, deps);
    if (!read.ok) deps.log(`session not reconciled: ${read.failure.message}`);
  }
}
