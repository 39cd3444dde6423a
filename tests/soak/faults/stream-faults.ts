import type { Fault } from './fault.ts';
import { broken, chunk, done, frame, stream, usage } from './wire.ts';

const hello = chunk({ role: 'assistant', content: 'All is' });
const end = [chunk({}, 'stop'), usage(1, 1), done];

/** Streams that break off, contradict themselves or hold what is no chunk at all. */
export const streamFaults: readonly Fault[] = [
  { what: 'no events at all', answer: broken(stream()), ends: 'failed', code: 'model_failed' },
  { what: 'only [DONE]', answer: stream(done), ends: 'failed', code: 'model_failed' },
  { what: 'an end without a finish reason', answer: broken(stream(hello)), ends: 'failed', code: 'model_failed' },
  {
    what: 'an error frame first',
    answer: stream(frame({ error: { code: '500', message: 'inside' } })),
    ends: 'failed',
    code: 'model_failed',
  },
  {
    what: 'an error frame midway',
    answer: stream(hello, frame({ error: { code: 'x', message: 'inside' } })),
    ends: 'failed',
    code: 'model_failed',
  },
  {
    what: 'a named error event',
    answer: broken(stream(hello, 'event: error\ndata: {"message":"inside"}\n\n')),
    ends: 'failed',
    code: 'model_failed',
  },
  {
    what: 'an error frame without its envelope',
    answer: broken(stream(frame({ code: '500', message: 'x' }))),
    ends: 'failed',
    code: 'model_failed',
  },
  { what: 'a frame that is not JSON', answer: broken(stream(hello, 'data: {"choices": [\n\n', ...end)), ends: 'any' },
  { what: 'a frame that is a number', answer: broken(stream(hello, 'data: 42\n\n', ...end)), ends: 'any' },
  { what: 'a frame that is null', answer: broken(stream(hello, 'data: null\n\n', ...end)), ends: 'any' },
  { what: 'choices null', answer: broken(stream(frame({ choices: null }), ...end)), ends: 'any' },
  { what: 'no choices', answer: broken(stream(frame({ id: 'x' }), ...end)), ends: 'any' },
  { what: 'a choice without delta', answer: broken(stream(frame({ choices: [{ index: 0 }] }), ...end)), ends: 'any' },
  { what: 'content that is an object', answer: broken(stream(chunk({ content: { a: 1 } }), ...end)), ends: 'any' },
  {
    what: 'a prompt-filter frame first',
    answer: broken(stream(frame({ choices: [], prompt_filter_results: [] }), hello, ...end)),
    ends: 'done',
  },
  { what: 'cut by length', answer: stream(hello, chunk({}, 'length'), done), ends: 'any' },
  {
    what: 'cut by the filter',
    answer: stream(hello, chunk({}, 'content_filter'), done),
    ends: 'failed',
    code: 'model_filtered',
  },
  { what: 'an unknown finish reason', answer: broken(stream(hello, chunk({}, 'tired'), done)), ends: 'any' },
  { what: 'tool_calls without a call', answer: stream(hello, chunk({}, 'tool_calls'), done), ends: 'any' },
  { what: 'usage below zero', answer: stream(hello, chunk({}, 'stop'), usage(-5, -5), done), ends: 'done' },
  { what: 'usage beyond all', answer: broken(stream(hello, chunk({}, 'stop'), usage(1e300, '7'), done)), ends: 'done' },
  { what: 'bytes after [DONE]', answer: broken(stream(hello, ...end, 'data: {"choices":[]}\n\n')), ends: 'done' },
  {
    what: 'CRLF, comments and pings',
    answer: stream(': ping\r\n\r\n', hello.replaceAll('\n', '\r\n'), ': ping\r\n\r\n', ...end),
    ends: 'done',
  },
  {
    what: 'one byte at a time',
    answer: async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const bytes = Buffer.from([chunk({ content: 'Wälzlager 🙂' }), ...end].join(''));
      for (const byte of bytes) {
        response.write(Buffer.of(byte));
        if (byte === 10) await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    },
    ends: 'done',
  },
  {
    what: 'an event of 16 MB',
    answer: stream(chunk({ content: 'x'.repeat(16 * 1024 * 1024) }), ...end),
    ends: 'any',
    slow: true,
  },
  {
    what: 'text that tries to load something',
    answer: stream(chunk({ content: '![x](https://evil.example/?q=1) <img src=x onerror=alert(1)>' }), ...end),
    ends: 'done',
  },
];
