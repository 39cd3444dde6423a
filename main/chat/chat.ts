import { randomUUID } from 'node:crypto';
import type {
  ApprovalRows,
  ApprovalRowsRequest,
  ChatMessage,
  Decision,
  PendingApproval,
  SendRequest,
  SharedDecision,
  TurnEvent,
  TurnOutcome,
  UndoRequest,
} from '../../shared/contract/index.ts';
import type { ChatSession, Me, StoredMessage, Usage } from '../../shared/domain/index.ts';
import { ok, type Result } from '../../shared/errors/index.ts';
import { pendingApproval, type AskModel, type Navigation, type Situation } from '../agent/index.ts';
import { isExpired, type ApprovalRules } from '../approvals/index.ts';
import type { PipelineClient } from '../pipeline/index.ts';
import { approvalRows } from './approval-rows.ts';
import { decide, decideAll } from './decide.ts';
import { figuresReader } from './desk-figures.ts';
import { createLiveTurns, type LiveTurns } from './live-turns.ts';
import { readSession } from './read-session.ts';
import type { LiveDeps } from './run-live.ts';
import { send } from './send.ts';
import { readSituation, type OpenIn } from './situation.ts';
import { pipelineStore, type ChatStore } from './store.ts';
import type { TokenCounter } from './token-counter.ts';
import { pipelineMeter, type PipelineMeter } from './token-meter.ts';
import { turnStore } from './turn-store.ts';
import { undo } from './undo.ts';
import { chatMessage } from './views.ts';

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
  stop(sessionId: string): Promise<{ stopped: boolean }>;
  sessions(): Promise<Result<ChatSession[]>>;
  messages(sessionId: string): Promise<Result<ChatMessage[]>>;
  approvals(): Promise<Result<PendingApproval[]>>;
  delete(sessionId: string): Promise<Result<{ deleted: boolean }>>;
  usage(): Promise<Result<Usage>>;
  /** Finds what died with an earlier desk and brings it to a state a person can act on. */
  reconcile(): Promise<void>;
  /** Stops live turns and waits for their records. */
  close(): Promise<void>;
}

/** The chat of one signed-in user: sessions, messages, live turns and decisions. */
export function createChat(options: ChatOptions): Chat {
  const deps = withShared(options);
  const { client, live } = deps;
  return {
    send: (request, onEvent) => send(request, deps, onEvent),
    decide: (id, decision, onEvent) => decide(id, decision, deps, onEvent),
    approvalRows: (request) => approvalRows(request, deps),
    decideAll: (decision, onEvent) => decideAll(decision, deps, onEvent),
    undo: (request, onEvent) => undo(request, deps, onEvent),
    stop: async (sessionId) => ({ stopped: await stopTurns(live, sessionId) }),
    sessions: () => client.chat.sessions(),
    messages: (sessionId) => messages(sessionId, deps),
    approvals: () => approvals(client),
    delete: async (sessionId) => {
      await stopTurns(live, sessionId);
      const deleted = await client.chat.deleteSession(sessionId, randomUUID());
      return deleted.ok ? ok({ deleted: true }) : deleted;
    },
    usage: () => client.chat.usage(),
    reconcile: () => reconcileOpen(deps),
    close: async () => {
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

/** The messages of a session; a turn under way shows the text that came so far. */
async function messages(sessionId: string, deps: ChatDeps): Promise<Result<ChatMessage[]>> {
  const stored = await readSession(sessionId, deps);
  if (!stored.ok) return stored;
  const withLive = stored.value.map((message) => {
    const running = deps.live.ofMessage(message.id);
    if (!running) return chatMessage(message);
    return { ...chatMessage(running.turn.assistant), content: running.text, retry_at: running.retryAt };
  });
  return ok(withLive);
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
