import type {
  ChatMessage,
  ChatToolCall,
  PendingApproval,
  TurnEvent,
  TurnOutcome,
} from '../../../shared/contract/index.ts';

/** A turn is drawn as a row of pieces: what the model said, what it called, and again. */
export type Segment = { kind: 'text'; text: string } | { kind: 'call'; call: ChatToolCall };

/** A turn under way (or waiting for a person), as far as its events came. */
export interface LiveTurn {
  readonly sessionId: string;
  /** Id of the assistant message this turn will be. */
  readonly responseId: string;
  readonly question: ChatMessage | null;
  readonly segments: readonly Segment[];
  readonly status: 'running' | 'waiting';
  /** Until when the model makes us wait. */
  readonly retryAt: string | null;
  readonly startedAt: string;
}

/** A stored message as pieces: per step what was said before its calls, the calls, and the final text. */
export function segmentsOf(message: ChatMessage): Segment[] {
  const segments: Segment[] = [];
  for (const call of message.tool_calls) {
    if (call.said) segments.push({ kind: 'text', text: call.said });
    segments.push({ kind: 'call', call });
  }
  if (message.content) segments.push({ kind: 'text', text: message.content });
  return segments;
}

/** A live turn for events of a turn that began before this window looked, from what is stored of it. */
export function attachTurn(sessionId: string, stored: ChatMessage): LiveTurn {
  return {
    sessionId,
    responseId: stored.id,
    question: null,
    segments: segmentsOf(stored),
    status: stored.status === 'waiting' ? 'waiting' : 'running',
    retryAt: stored.retry_at ?? null,
    startedAt: stored.created_at,
  };
}

/** A turn from its very beginning. */
export function startTurn(event: Extract<TurnEvent, { type: 'turn.started' }>): LiveTurn {
  return {
    sessionId: event.session_id,
    responseId: event.response_id,
    question: event.message,
    segments: [],
    status: 'running',
    retryAt: null,
    startedAt: event.message.created_at,
  };
}

/** What a turn that ended without a stored answer came to: its pieces as a message, with the reason it ended. */
export function closedMessage(turn: LiveTurn, outcome: TurnOutcome): ChatMessage {
  const last = turn.segments.at(-1);
  return {
    id: turn.responseId,
    role: 'assistant',
    content: last?.kind === 'text' ? last.text : '',
    created_at: turn.startedAt,
    context_type: null,
    context_id: null,
    token_count: null,
    status: outcome.status,
    error: outcome.error ?? null,
    superseded: false,
    tool_calls: turn.segments.flatMap((segment) => (segment.kind === 'call' ? [segment.call] : [])),
  };
}

function withText(segments: readonly Segment[], text: string): Segment[] {
  const last = segments.at(-1);
  if (last?.kind !== 'text') return [...segments, { kind: 'text', text }];
  return [...segments.slice(0, -1), { kind: 'text', text: last.text + text }];
}

function withCall(segments: readonly Segment[], call: ChatToolCall): Segment[] {
  const known = segments.some((segment) => segment.kind === 'call' && segment.call.id === call.id);
  if (!known) return [...segments, { kind: 'call', call }];
  return segments.map((segment) =>
    segment.kind === 'call' && segment.call.id === call.id ? { kind: 'call', call } : segment,
  );
}

function findCall(segments: readonly Segment[], id: string): ChatToolCall | undefined {
  return segments.flatMap((segment) => (segment.kind === 'call' && segment.call.id === id ? [segment.call] : []))[0];
}

/** An approval is a state of its tool call; it is kept there and nowhere else. */
function asCall(approval: PendingApproval, known: ChatToolCall | undefined): ChatToolCall {
  return {
    id: approval.id,
    tool: approval.tool,
    arguments: approval.arguments,
    state: 'awaiting',
    result: known?.result ?? null,
    effect: approval.effect,
    said: known?.said ?? null,
    expires_at: approval.expires_at,
    decided_by: null,
    asked: approval.asked,
    shown: approval.shown,
  };
}

/** The next state of a live turn; null once it ended. */
export function stepTurn(turn: LiveTurn, event: TurnEvent): LiveTurn | null {
  switch (event.type) {
    case 'turn.started':
      // A turn that goes on after a decision starts again with what it has.
      if (turn.responseId === event.response_id) return { ...turn, status: 'running', retryAt: null };
      return startTurn(event);
    case 'text.delta':
      return { ...turn, segments: withText(turn.segments, event.text), status: 'running', retryAt: null };
    case 'tool.started':
    case 'tool.finished':
      return { ...turn, segments: withCall(turn.segments, event.call), status: 'running', retryAt: null };
    case 'approval.requested': {
      const call = asCall(event.approval, findCall(turn.segments, event.approval.id));
      return { ...turn, segments: withCall(turn.segments, call), retryAt: null };
    }
    case 'rate_limited':
      return { ...turn, retryAt: event.retry_at };
    case 'turn.ended':
      // The answer to a send may come after the next turn has begun: its end is not this turn's.
      if (turn.question !== null && turn.question.id !== event.outcome.message.id) return turn;
      return event.outcome.status === 'waiting' ? waitingTurn(turn, event.outcome.pending_approvals) : null;
  }
}

function waitingTurn(turn: LiveTurn, approvals: readonly PendingApproval[]): LiveTurn {
  const segments = approvals.reduce<readonly Segment[]>(
    (before, approval) => withCall(before, asCall(approval, findCall(before, approval.id))),
    turn.segments,
  );
  return { ...turn, segments, status: 'waiting', retryAt: null };
}
