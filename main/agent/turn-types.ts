import type { ChatToolCall, PendingApproval } from '../../shared/contract/index.ts';
import type {
  Grant,
  JournalEntry,
  JournalWrite,
  Me,
  MessageWrite,
  Order,
  Product,
  Selection,
  StoredMessage,
} from '../../shared/domain/index.ts';
import type { Result } from '../../shared/errors/index.ts';
import type { ApprovalRules } from '../approvals/index.ts';
import type { PipelineClient } from '../pipeline/index.ts';
import type { Navigation } from './tools/index.ts';
import type { AskModel, ModelMessage, ModelTool, TokenUsage } from './model-types.ts';

/** Where messages and the journal are kept. */
export interface TurnStore {
  saveMessage(id: string, write: MessageWrite): Promise<Result<StoredMessage>>;
  /** Compare-and-set on `write.from`; `state_conflict` where somebody was faster. */
  saveToolCall(id: string, write: JournalWrite): Promise<Result<JournalEntry>>;
}

/** The month's tokens: a reservation before each model call, settled with what it really took. */
export interface TokenMeter {
  /** Fails with `token_limit_reached`. */
  reserve(messages: readonly ModelMessage[], tools: readonly ModelTool[]): Promise<Result<TokenReservation>>;
}

export interface TokenReservation {
  /** Settles with the count the model told, or by estimate where it told none; gives the tokens that were taken. */
  settle(told: Pick<TokenUsage, 'completion' | 'total'> | null, said: string, messageId: string): number;
}

/** What a person had in front of them when they wrote. */
export interface TurnContext {
  me: Me;
  /** The dropped product list, where one went with the message. */
  selection: Selection | null;
}

/** What the model is told of the world as it is now. */
export interface Situation {
  /** What was open beside the chat; null where nothing was, or it can't be read. */
  open: OpenThing | null;
  /** How the company's orders and renders stand; null where that is not known. */
  figures: DeskFigures | null;
}

export type OpenThing = { type: 'order'; order: Order } | { type: 'product'; product: Product };

/** A few counts of the tenant, as they were at a moment. */
export interface DeskFigures {
  /** ISO 8601. */
  at: string;
  orders: { draft: number; queued: number; running: number };
  renders: { queued: number; running: number };
  /** Renders made today, in the tenant's time zone, that failed. */
  failed_today: number;
}

/** A turn as it runs: its two messages, what was said before, and its calls so far, all as stored. */
export interface Turn {
  user: StoredMessage;
  /** The turn's record; `tool_calls` is its journal. */
  assistant: StoredMessage;
  before: readonly StoredMessage[];
  context: TurnContext;
}

/** What a running turn tells as it goes. */
export type TurnNotice =
  | { type: 'text.delta'; text: string }
  | { type: 'tool.started' | 'tool.finished'; call: ChatToolCall }
  | { type: 'approval.requested'; approval: PendingApproval }
  | { type: 'rate_limited'; retry_at: string };

/** Everything a turn needs from outside. */
export interface TurnDeps {
  ask: AskModel;
  store: TurnStore;
  meter: TokenMeter;
  pipeline: PipelineClient;
  rules: ApprovalRules;
  /** The standing approvals of a session that still count; without it there are none. */
  grants?: (sessionId: string) => Promise<Result<Grant[]>>;
  notify: (notice: TurnNotice) => void;
  /** Asked once, before the model is; without it the model is told of nothing but the turn itself. */
  situation?: () => Promise<Situation>;
  navigate: (to: Navigation) => void;
  signal: AbortSignal;
}
