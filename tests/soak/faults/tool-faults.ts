import type { Fault } from './fault.ts';
import { broken, chunk, done, goodAnswer, stream, toolCall, type Answer } from './wire.ts';

const call = (name: string, text: string, more: object = {}) => ({
  index: 0,
  id: 'call_1',
  type: 'function',
  function: { name, arguments: text },
  ...more,
});

/** The faulty call in the first answer, then a good answer once the model was told about it. */
function thenGood(...frames: readonly string[]): Answer {
  let first = true;
  return (response, request) => {
    const answer = first ? stream(...frames) : goodAnswer;
    first = false;
    return answer(response, request);
  };
}

const after = (what: string, faulty: object): Fault => ({
  what,
  ends: 'any',
  make: () => thenGood(...toolCall(faulty)),
});

/** As `after`, where the call is none by the service's schemas either. */
const afterBroken = (what: string, faulty: object): Fault => ({
  what,
  ends: 'any',
  make: () => broken(thenGood(...toolCall(faulty))),
});

/** Tool calls that name nothing, lack a part, change midway, or never stop. */
export const toolFaults: readonly Fault[] = [
  after('a tool never offered', call('drop_database', '{}')),
  after('a tool named after a prototype', call('__proto__', '{}')),
  after('a tool named constructor', call('constructor', '{}')),
  after('arguments that are no JSON', call('list_orders', '{"limit": ')),
  after('arguments that are no object', call('list_orders', '[1]')),
  after('arguments with hostile keys', call('list_orders', '{"__proto__":{"admin":true},"limit":1}')),
  after('arguments with a tenant', call('list_orders', '{"tenant_id":"00000000-0000-4000-8000-000000000000"}')),
  after('arguments of 2 MB', call('search_products', JSON.stringify({ query: 'x'.repeat(2 * 1024 * 1024) }))),
  afterBroken('no index', call('list_orders', '{}', { index: undefined })),
  after('index 999', call('list_orders', '{}', { index: 999 })),
  after('index below zero', call('list_orders', '{}', { index: -1 })),
  after('no id', call('list_orders', '{}', { id: undefined })),
  after('an empty name', call('', '{}')),
  afterBroken('a call that is null', { index: 0, id: 'call_1', type: 'function', function: null }),
  {
    what: 'a name that changes midway',
    make: () =>
      thenGood(
        chunk({ tool_calls: [call('list_orders', '{')] }),
        chunk({ tool_calls: [call('cancel_order', '}', { id: 'call_2' })] }),
        chunk({}, 'tool_calls'),
        done,
      ),
    ends: 'any',
  },
  {
    what: 'finish reason stop beside a call',
    make: () => thenGood(...toolCall(call('list_orders', '{"limit":1}'), 'stop')),
    ends: 'any',
  },
  {
    what: 'a model that never stops calling',
    answer: stream(...toolCall(call('list_orders', '{"limit":1}'))),
    ends: 'failed',
    slow: true,
  },
];
