import { Readable } from 'node:stream';

/** Items that become text at a time. */
const PART = 500;

/**
 * An object as JSON text, in parts: the list under `key` may be so long that making its text at once would hold up
 * everybody else.
 */
export function jsonStream<K extends string>(object: Record<K, readonly unknown[]>, key: K): Readable {
  return Readable.from(partsOf(object, key));
}

async function* partsOf<K extends string>(object: Record<K, readonly unknown[]>, key: K): AsyncGenerator<string> {
  const { [key]: list, ...rest } = object;
  const others = JSON.stringify(rest).slice(1);
  yield `{${JSON.stringify(key)}:[`;
  for (let start = 0; start < list.length; start += PART) {
    const text = JSON.stringify(list.slice(start, start + PART)).slice(1, -1);
    yield start === 0 ? text : `,${text}`;
    await new Promise((resolve) => setImmediate(resolve));
  }
  yield others === '}' ? ']}' : `],${others}`;
}
