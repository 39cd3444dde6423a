/** An error that the model sent in the middle of its answer; `error` is what it said. Read by `call-error.ts`. */
class SentError extends Error {
  readonly error: unknown;
  readonly headers: Headers;

  constructor(error: unknown, headers: Headers) {
    super(JSON.stringify(error).slice(0, 1000));
    this.error = error;
    this.headers = headers;
  }
}

export interface EventParser {
  /** The events that are whole with these bytes, as JSON values. */
  add(bytes: Uint8Array): unknown[];
  /** What is left at the end of the stream; servers leave out the last empty line. */
  end(): unknown[];
  /** Was `[DONE]` there? Nothing counts after it. */
  isDone(): boolean;
  /** Throws where an event was an error or no JSON; what came before it was given out, nothing after it is. */
  check(): void;
}

/**
 * Server-sent events of JSON. Lines end as they like (`\n`, `\r\n`, `\r`), also in the middle of two pieces; comments and
 * other fields are passed over. Linear in what comes, however it is cut.
 */
export function createEventParser(headers: Headers): EventParser {
  const decoder = new TextDecoder();
  let unfinished = '';
  let endedInCr = false;
  let data: string | null = null;
  let name = '';
  let done = false;
  let broken: { by: unknown } | undefined;

  const take = (line: string, events: unknown[]): void => {
    if (line.startsWith('data:')) {
      const value = valueOf(line, 5);
      data = data === null ? value : `${data}\n${value}`;
    } else if (line.startsWith('event:')) {
      name = valueOf(line, 6);
    } else if (line === '') {
      if (data === '[DONE]') done = true;
      else if (data !== null) events.push(jsonEvent(name, data, headers));
      data = null;
      name = '';
    }
  };

  const takeAll = (lines: readonly string[], events: unknown[]): void => {
    try {
      for (const line of lines) if (!done && !broken) take(line, events);
    } catch (error) {
      broken = { by: error };
    }
  };

  const takeText = (text: string, isEnd: boolean): unknown[] => {
    const lineEnds = text !== '' && endedInCr && text.startsWith('\n') ? text.slice(1) : text;
    if (text !== '') endedInCr = text.endsWith('\r');
    const piece = lineEnds.includes('\r') ? lineEnds.replace(/\r\n?/g, '\n') : lineEnds;
    const events: unknown[] = [];
    if (piece.includes('\n')) {
      const lines = (unfinished + piece).split('\n');
      unfinished = lines.pop() ?? '';
      takeAll(lines, events);
    } else {
      unfinished += piece;
    }
    if (isEnd) takeAll([unfinished, ''], events);
    return events;
  };

  return {
    add: (bytes) => takeText(decoder.decode(bytes, { stream: true }), false),
    end: () => takeText(decoder.decode(), true),
    isDone: () => done,
    check: () => {
      if (broken) throw broken.by;
    },
  };
}

function valueOf(line: string, from: number): string {
  return line.slice(line.charCodeAt(from) === SPACE ? from + 1 : from);
}

const SPACE = 32;

function jsonEvent(name: string, data: string, headers: Headers): unknown {
  const event: unknown = JSON.parse(data);
  const inner = typeof event === 'object' && event !== null && 'error' in event ? event.error : undefined;
  if (inner || name === 'error') throw new SentError(inner || event, headers);
  return event;
}
