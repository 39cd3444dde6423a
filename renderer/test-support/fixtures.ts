import type { ChatMessage, ChatToolCall, DeskState, PendingApproval } from '../../shared/contract/index.ts';
import type { ChatSession, Me, Order, OrderLine, Page, Usage } from '../../shared/domain/index.ts';

const AT = '2026-11-23T10:00:00.000Z';
let count = 0;

/** A fresh uuid, readable in a failing test. */
export function uuid(): string {
  return `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
}

export function me(tenant: Partial<Me['tenant']> = {}): Me {
  return {
    user: { id: uuid(), email: 'petra@nordlager.example', name: 'Petra Lang', role: 'operator' },
    tenant: { id: uuid(), name: 'Nordlager GmbH', ai_enabled: true, time_zone: 'Europe/Berlin', ...tenant },
  };
}

export function deskState(change: Partial<DeskState> = {}): DeskState {
  return {
    door: 'web',
    version: '0.1.0',
    me: me(),
    ai: { state: 'ready', label: 'Offline model', offline: true },
    pipeline: { url: 'http://127.0.0.1:4000', embedded: true },
    approve: 'ask',
    keychain: { available: true, message: null },
    quick_command: { shortcut: null, registered: false },
    ...change,
  };
}

export const settings = {
  format: 'webp',
  width: 1024,
  height: 1024,
  quality: 85,
  background: 'transparent',
  samples: 64,
  camera: 'three_quarter',
} as const;

export function order(number: string, change: Partial<Order> = {}): Order {
  return {
    id: uuid(),
    number,
    status: 'running',
    output_type_name: 'Web-Katalog',
    settings,
    render_overrides: {},
    material_override: null,
    lines: { total: 10, queued: 8, running: 2, done: 0, failed: 0, cancelled: 0 },
    created_by: { id: uuid(), name: 'Petra Lang' },
    created_at: AT,
    dispatched_at: AT,
    finished_at: null,
    ...change,
  };
}

export function orderLine(order_id: string, change: Partial<OrderLine> = {}): OrderLine {
  return {
    id: uuid(),
    order_id,
    position: 0,
    product: { id: uuid(), pim_id: 'KL-6205-2RSR', name: 'Rillenkugellager 6205', designation: '6205-2RSR' },
    status: 'queued',
    render_id: null,
    progress: 0,
    attempts: 0,
    error: null,
    duration_ms: null,
    has_image: false,
    ...change,
  };
}

export function page<T>(items: T[], next_cursor: string | null = null): Page<T> {
  return { items, next_cursor, total: items.length, total_exact: true };
}

export function message(role: 'user' | 'assistant', content: string, change: Partial<ChatMessage> = {}): ChatMessage {
  return {
    id: uuid(),
    role,
    content,
    created_at: AT,
    context_type: null,
    context_id: null,
    token_count: null,
    status: 'done',
    error: null,
    superseded: false,
    tool_calls: [],
    ...change,
  };
}

export function toolCall(tool: string, change: Partial<ChatToolCall> = {}): ChatToolCall {
  return {
    id: uuid(),
    tool,
    arguments: {},
    state: 'running',
    result: null,
    effect: null,
    said: null,
    expires_at: null,
    decided_by: null,
    asked: null,
    shown: null,
    ...change,
  };
}

export function approval(session_id: string, change: Partial<PendingApproval> = {}): PendingApproval {
  return {
    id: uuid(),
    session_id,
    tool: 'create_order',
    arguments: { selection_id: 'sel_1', output_type_name: 'Web-Katalog', render_overrides: { format: 'webp' } },
    effect: {
      summary: 'Order for 148 products, 148 WebP renders at 1024 x 1024, 3 with unmapped materials',
      counts: { orders: 1, renders: 148, unmapped: 3 },
      sample: [{ id: 'a', label: 'KL-6205-2RSR' }],
    },
    expires_at: new Date(Date.now() + 86_400_000).toISOString(),
    asked: 'first',
    shown: 'shown-1',
    ...change,
  };
}

export function tokenUsage(change: Partial<Usage> = {}): Usage {
  return {
    month: '2026-11',
    used_tokens: 1,
    output_tokens: 0,
    reserved_tokens: 0,
    expired_tokens: 0,
    limit: null,
    contact: null,
    price: null,
    ...change,
  };
}

export function chatSession(title: string, change: Partial<ChatSession> = {}): ChatSession {
  return {
    session_id: uuid(),
    title,
    pinned: false,
    state: 'idle',
    unread: false,
    last_message: 'It is done.',
    message_count: 2,
    created_at: AT,
    updated_at: AT,
    ...change,
  };
}
