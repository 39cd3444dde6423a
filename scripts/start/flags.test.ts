import { expect, it } from 'vitest';
import { readStartFlags } from './flags.ts';

it('decides about --web itself and hands the rest to the door as it was given', () => {
  expect(readStartFlags(['--port', '4000', '--web', '--as', 'a@b.example'])).toEqual({
    kind: 'start',
    web: true,
    forDoor: ['--port', '4000', '--as', 'a@b.example'],
  });
  expect(readStartFlags([])).toEqual({ kind: 'start', web: false, forDoor: [] });
});

it('refuses a flag it does not know by its name', () => {
  expect(readStartFlags(['--wbe'])).toMatchObject({
    kind: 'wrong',
    message: expect.stringContaining('--wbe') as string,
  });
});
