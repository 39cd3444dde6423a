import type { ServerResponse } from 'node:http';
import type { ErrorCode } from '../../../../shared/errors/index.ts';
import { broken, chunk, done, frame, open, pour, type Answer } from '../wire.ts';
import { orderCall } from './stages.ts';

/** How a stream that began well goes on. */
interface Break {
  readonly what: string;
  readonly codes: readonly ErrorCode[];
  go(response: ServerResponse): void;
  /** It is only seen after a finish reason that already came: then it does no harm. */
  readonly late?: true;
}

/** What came before it breaks. `whole`: a call and its finish reason are complete, so that the change may rightly run. */
interface Beginning {
  readonly what: string;
  readonly frames: readonly string[];
  readonly whole: boolean;
}

export interface BrokenStream {
  readonly what: string;
  readonly answer: Answer;
  readonly codes: readonly ErrorCode[];
  /** Changes that it may make, at most. */
  readonly atMost: number;
}

const FAILED = ['model_failed'] as const;

const BREAKS: readonly Break[] = [
  { what: 'is reset', codes: FAILED, go: (response) => void response.socket?.resetAndDestroy() },
  { what: 'is closed', codes: FAILED, go: (response) => void response.end(), late: true },
  { what: 'goes silent', codes: ['model_timeout'], go: () => undefined },
  { what: 'sends comments for ever', codes: ['model_timeout'], go: (response) => drip(response, ': ping\n\n') },
  {
    what: 'sends empty chunks for ever',
    codes: ['model_timeout'],
    go: (response) => drip(response, frame({ choices: [] })),
  },
  {
    what: 'sends an error frame',
    codes: FAILED,
    go: (response) => void response.end(frame({ error: { code: '500', message: 'high demand' } })),
  },
  {
    what: 'sends an error event',
    codes: FAILED,
    go: (response) => void response.end('event: error\ndata: {"error":{"message":"no healthy upstream"}}\n\n'),
  },
  { what: 'sends half a frame', codes: FAILED, go: (response) => void response.end('data: {"choices":[{"del') },
  {
    what: 'sends a web page',
    codes: FAILED,
    go: (response) => void response.end('<html>Bad gateway</html>'),
    late: true,
  },
  {
    what: 'never stops talking',
    codes: FAILED,
    go: (response) => pour(response, chunk({ content: 'word '.repeat(200) })),
  },
  {
    what: 'sends bytes without an end',
    codes: ['model_failed', 'model_timeout'],
    go: (response) => pour(response, 'x'.repeat(64 * 1024)),
  },
  {
    what: 'never ends its arguments',
    codes: FAILED,
    go: (response) => pour(response, chunk({ tool_calls: [{ index: 0, function: { arguments: ' '.repeat(1000) } }] })),
  },
  {
    what: 'calls more and more tools',
    codes: FAILED,
    go: (response) => {
      const calls = Array.from({ length: 200 }, (_, index) => ({
        ...orderCall({}),
        index: index + 1,
        id: `c${String(index)}`,
      }));
      response.end(chunk({ tool_calls: calls }) + chunk({}, 'tool_calls') + done);
    },
  },
  {
    what: 'is filtered',
    codes: ['model_filtered'],
    go: (response) => void response.end(chunk({}, 'content_filter') + done),
  },
  { what: 'is cut by its length', codes: FAILED, go: (response) => void response.end(chunk({}, 'length') + done) },
];

function beginnings(order: object): Beginning[] {
  const whole = orderCall(order);
  const role = chunk({ role: 'assistant', content: '' });
  const { id, type } = whole;
  const half = { index: 0, id, type, function: { name: 'create_order', arguments: '{"product_ids":["' } };
  return [
    { what: 'before its first word', frames: [], whole: false },
    { what: 'in its text', frames: [role, chunk({ content: 'All is' })], whole: false },
    { what: 'in the arguments of a change', frames: [role, chunk({ tool_calls: [half] })], whole: false },
    { what: 'after a whole change, before its end', frames: [role, chunk({ tool_calls: [whole] })], whole: false },
    {
      what: 'after the finish of a change',
      frames: [role, chunk({ tool_calls: [whole] }), chunk({}, 'tool_calls')],
      whole: true,
    },
  ];
}

/** Every way a stream breaks at every place. */
export function brokenStreams(order: object): BrokenStream[] {
  return beginnings(order).flatMap(({ what, frames, whole }) =>
    BREAKS.map((way) => ({
      what: `a stream that ${way.what} ${what}`,
      codes: way.codes,
      atMost: whole && way.late ? 1 : 0,
      answer: broken((response: ServerResponse) => {
        open(response);
        response.flushHeaders();
        for (const text of frames) response.write(text);
        // The beginning is on its way before it breaks.
        setTimeout(() => way.go(response), 15);
      }),
    })),
  );
}

function drip(response: ServerResponse, text: string): void {
  const timer = setInterval(() => response.write(text), 50);
  response.on('close', () => clearInterval(timer));
}
