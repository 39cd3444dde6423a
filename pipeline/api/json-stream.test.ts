import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { jsonStream } from './json-stream.ts';

test.each([
  { items: [], counts: { a: 1 } },
  { items: [1] },
  { items: Array.from({ length: 1234 }, (_, n) => ({ n, name: `"${n}"` })), counts: null, z: 'ß' },
])('the text is that of the whole object', async (object) => {
  expect(JSON.parse(await text(jsonStream(object, 'items')))).toEqual(object);
});
