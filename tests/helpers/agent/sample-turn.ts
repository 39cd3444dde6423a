import { randomUUID } from 'node:crypto';
import type { JournalEntry, Me, Order, Role, StoredMessage } from '../../../shared/domain/index.ts';
import type { Turn } from '../../../main/agent/index.ts';

export function sampleMe(role: Role = 'operator'): Me {
  return {
    user: { id: randomUUID(), email: 'anna@example.com', name: 'Anna', role },
    tenant: { id: randomUUID(), name: 'Example Bearings', ai_enabled: true, time_zone: 'Europe/Berlin' },
  };
}

export function sampleMessage(more: Partial<StoredMessage> = {}): StoredMessage {
  return {
    id: randomUUID(),
    session_id: randomUUID(),
    role: 'user',
    content: '',
    context_type: null,
    context_id: null,
    selection_id: null,
    token_count: null,
    status: 'done',
    error: null,
    desk_id: null,
    lease_until: null,
    created_at: new Date().toISOString(),
    superseded: false,
    tool_calls: [],
    ...more,
  };
}

/** A call that was done. */
export function sampleCall(more: Partial<JournalEntry> = {}): JournalEntry {
  return {
    id: randomUUID(),
    message_id: randomUUID(),
    step: 0,
    position: 0,
    model_call_id: 'call_1',
    said: null,
    tool: 'list_orders',
    arguments: {},
    state: 'done',
    result: null,
    effect: null,
    snapshot: null,
    idempotency_key: null,
    decided_by: null,
    decided_at: null,
    expires_at: null,
    created_at: new Date().toISOString(),
    ...more,
  };
}

/** A turn that has just begun with these words. */
export function sampleTurn(content = 'Hello', role: Role = 'operator'): Turn {
  const user = sampleMessage({ content });
  const assistant = sampleMessage({ role: 'assistant', status: 'running', session_id: user.session_id });
  return { user, assistant, before: [], context: { me: sampleMe(role), selection: null } };
}

export function sampleOrder(more: Partial<Order> = {}): Order {
  const settings = {
    format: 'webp',
    width: 1024,
    height: 1024,
    quality: 90,
    background: 'transparent',
    samples: 64,
    camera: 'front',
  } as const;
  return {
    id: randomUUID(),
    number: 'SA-2026-00160',
    status: 'queued',
    output_type_name: 'Web',
    settings,
    render_overrides: {},
    material_override: null,
    lines: { total: 2, queued: 2, running: 0, done: 0, failed: 0, cancelled: 0 },
    created_by: { id: randomUUID(), name: 'Anna' },
    created_at: new Date().toISOString(),
    dispatched_at: null,
    finished_at: null,
    ...more,
  };
}
