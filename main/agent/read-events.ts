import { createEventParser } from './event-parser.ts';
import { LIMITS } from './limits.ts';

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** How long a server may take to end an answer that it said is at its end. */
const ENDING_MS = 1000;

/**
 * The events of a streamed answer, as many at a time as came in one piece. Bounded: throws beyond the bytes of any honest
 * answer, also where it is one endless line. Where the answer is whole its connection is left to the next request; where
 * it is not, for an error or as nobody reads on, the connection ends.
 */
export async function* readEvents({ body, headers }: Response): AsyncGenerator<readonly unknown[]> {
  if (!body) throw new Error('The answer has no body.');
  const reader: Reader = body.getReader();
  const parser = createEventParser(headers);
  let left: number = LIMITS.streamBytes;
  let isWhole = false;
  try {
    while (!parser.isDone()) {
      const { done, value } = await reader.read();
      if (done) {
        isWhole = true;
        yield parser.end();
        parser.check();
        return;
      }
      left -= value.byteLength;
      if (left < 0) throw new Error('The answer is larger than the limit.');
      const events = parser.add(value);
      isWhole = parser.isDone();
      if (events.length > 0) yield events;
      parser.check();
    }
  } finally {
    if (isWhole) letEnd(reader);
    else drop(reader);
  }
}

/** After its end mark an answer has nothing but its end, which is read for the connection to be used again. */
function letEnd(reader: Reader): void {
  const timer = setTimeout(() => drop(reader), ENDING_MS).unref();
  const ended = (isEnded: boolean): void => {
    clearTimeout(timer);
    if (!isEnded) drop(reader);
  };
  reader.read().then(
    ({ done }) => ended(done),
    () => ended(true),
  );
}

/** Ends the connection. A body that broke can't be cancelled, and needs not to be. */
function drop(reader: Reader): void {
  reader.cancel().catch(() => undefined);
}
