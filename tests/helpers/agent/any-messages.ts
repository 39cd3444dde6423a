import fc from 'fast-check';
import {
  messageStatusSchema,
  TOOL_CALL_STATES,
  type JournalEntry,
  type StoredMessage,
} from '../../../shared/domain/index.ts';
import { sampleMessage } from './sample-turn.ts';

const entry = fc.record({
  id: fc.uuid(),
  message_id: fc.uuid(),
  step: fc.integer({ min: 0, max: 3 }),
  position: fc.nat(),
  model_call_id: fc.constantFrom('', 'call_1', 'same'),
  said: fc.option(fc.string()),
  tool: fc.constantFrom('list_orders', 'unnamed', 'create_order'),
  arguments: fc.dictionary(fc.string(), fc.jsonValue()),
  state: fc.constantFrom(...TOOL_CALL_STATES),
  result: fc.option(fc.jsonValue()),
  effect: fc.constant(null),
  snapshot: fc.constant(null),
  idempotency_key: fc.constant(null),
  decided_by: fc.constant(null),
  decided_at: fc.constant(null),
  expires_at: fc.constant(null),
  created_at: fc.constant('2026-11-23T00:00:00.000Z'),
}) satisfies fc.Arbitrary<JournalEntry>;

/** Texts of every length a message or a result may have: most are short, some do not fit any budget. */
const content = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.tuple(fc.string({ minLength: 1 }), fc.integer({ min: 1, max: 3000 })).map(repeated) },
);

function repeated([text, times]: [string, number]): string {
  return text.repeat(times).slice(0, 100_000);
}

const largeResult = fc
  .tuple(fc.jsonValue(), fc.integer({ min: 1, max: 400 }))
  .map(([value, times]) => Array.from({ length: times }, () => value));

/** Any stored message, whatever became of its turn. */
export const anyMessage: fc.Arbitrary<StoredMessage> = fc
  .record({
    role: fc.constantFrom('user', 'assistant', 'system' as const),
    content,
    status: fc.constantFrom(...messageStatusSchema.options),
    context_type: fc.constantFrom('order', 'product', 'general', null),
    context_id: fc.option(fc.string()),
    tool_calls: fc.array(fc.oneof(entry, fc.record({ entry, result: largeResult }).map(merged)), { maxLength: 6 }),
  })
  .map((fields) => sampleMessage(fields));

function merged({ entry: call, result }: { entry: JournalEntry; result: unknown }): JournalEntry {
  return { ...call, result };
}
