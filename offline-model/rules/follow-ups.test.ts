import { expect, it } from 'vitest';
import { answered, assistant, callsOf, system, user, words } from '../test-support/converse.ts';
import { lookedUp, order } from '../test-support/results.ts';

const created = [
  user('Render all Kugellager as WebP as a draft'),
  ...lookedUp,
  ...answered(['create_order', {}, { order }]),
  assistant('Done.'),
];

it('means the order just talked about', () => {
  expect(callsOf([...created, user('and dispatch it')])).toEqual([
    { name: 'dispatch_renders', arguments: { order_id: 'SA-2026-00161' } },
  ]);
  expect(callsOf([...created, user('make it 2048x2048')])[0]?.arguments).toEqual({
    order_id: 'SA-2026-00161',
    overrides: { width: 2048, height: 2048 },
  });
  expect(callsOf([...created, user('Wie ist der Stand?')])[0]?.arguments).toEqual({ order_id: 'SA-2026-00161' });
  expect(callsOf([...created, user('undo that')])[0]?.name).toBe('undo_action');
});

it('keeps the overrides that this conversation already gave the order', () => {
  const first = { order_id: 'SA-2026-00161', overrides: { width: 2048, height: 2048, quality: null } };
  const set = answered(['set_render_overrides', first, { order, previous: {} }]);
  expect(
    callsOf([...created, user('make it 2048x2048'), ...set, assistant('Done.'), user('set quality to 90')])[0]
      ?.arguments,
  ).toEqual({
    order_id: 'SA-2026-00161',
    overrides: { width: 2048, height: 2048, quality: 90 },
  });
});

it('means the open order where it says "this order"', () => {
  const open = system('You help operators.\nopen order: SA-2026-00099');
  expect(callsOf([open, ...created, user('status of this order')])[0]?.arguments).toEqual({
    order_id: 'SA-2026-00099',
  });
});

it('dispatches after changes that went through, and only then', () => {
  const ask = user('Set material override to Steel-Bare on SA-2026-00161 and dispatch it');
  const set = (result: unknown): ReturnType<typeof answered> => answered(['set_material_override', {}, result]);
  const changed = { order: { ...order, material_override: 'Steel-Bare' }, previous: null };
  expect(callsOf([ask, ...set(changed)])[0]?.name).toBe('dispatch_renders');
  expect(words([ask, ...set({ rejected: true, reason: 'no' })])).toMatch(/nothing was changed/);
  const both = [...set(changed), ...answered(['dispatch_renders', {}, { order }])];
  expect(words([ask, ...both])).toMatch(
    /material override Steel-Bare\. Before: none\.\n\nOrder \*\*SA-2026-00161\*\* is now queued/,
  );
});

it('retries after the override went through', () => {
  const ask = user('set override Brass-Satin on SA-2026-00161 and render again');
  const set = answered(['set_material_override', {}, { order: { ...order, material_override: 'Brass-Satin' } }]);
  expect(callsOf([ask, ...set])).toEqual([{ name: 'retry_failed_renders', arguments: { order_id: 'SA-2026-00161' } }]);
});
