import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runInKeychain, runWithoutKeychain } from '../../tests/helpers/own-keychain.ts';
import { keychainMissing } from '../../tests/helpers/keychain.ts';
import { modelKeyAccount } from './accounts.ts';
import { createCredentials } from './keychain.ts';

describe('without a keychain', () => {
  it.each([
    ['there is no binary', () => Promise.reject(new Error('no keytar'))],
    ['something else was loaded', () => Promise.resolve({ default: {} })],
    [
      'nobody answers on D-Bus',
      () => Promise.resolve({ getPassword: () => Promise.reject(new Error('Cannot autolaunch D-Bus')) }),
    ],
  ])('keeps a key for this run and says so where %s', async (_what, load) => {
    const credentials = createCredentials(load);
    await credentials.set('a', 'secret');
    expect(await credentials.get('a')).toBe('secret');
    expect(await credentials.state()).toEqual({
      available: false,
      message: expect.stringContaining('this run only') as string,
    });
    await credentials.delete('a');
    expect(await credentials.get('a')).toBeNull();
    expect(await createCredentials(load).get('a')).toBeNull();
  });

  it('falls back to memory when the collection is locked in the middle', async () => {
    const keytar = {
      getPassword: () => Promise.resolve(null),
      setPassword: () => Promise.reject(new Error('Cannot create an item in a locked collection')),
    };
    const credentials = createCredentials(() => Promise.resolve({ default: keytar }));
    expect((await credentials.state()).available).toBe(true);
    await credentials.set('a', 'secret');
    expect(await credentials.get('a')).toBe('secret');
    expect((await credentials.state()).available).toBe(false);
  });
});

describe('a keychain that asks its user for a password', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  const never = () => new Promise<never>(() => undefined);

  it('is not waited for, when it is opened or later', async () => {
    const closed = createCredentials(() => Promise.resolve({ getPassword: never }));
    const found = closed.get('a');
    await vi.advanceTimersByTimeAsync(5_000);
    expect([await found, await closed.state()]).toMatchObject([null, { available: false }]);

    const open = createCredentials(() => {
      return Promise.resolve({ getPassword: () => Promise.resolve(null), setPassword: never });
    });
    expect((await open.state()).available).toBe(true);
    const stored = open.set('a', 'secret');
    await vi.advanceTimersByTimeAsync(5_000);
    await stored;
    expect([await open.get('a'), await open.state()]).toMatchObject(['secret', { available: false }]);
  });
});

describe('the account of a model key', () => {
  it('is of one tenant and one endpoint', () => {
    expect(modelKeyAccount('t1', 'https://a.example/openai/')).toBe('model:t1:https://a.example');
  });
});

describe('a real Secret Service', () => {
  it('stores, finds, replaces and deletes a key across runs, each account its own; locked, it is told', async (context) => {
    const missing = await keychainMissing();
    if (missing !== null) context.skip(missing);
    const output = await runInKeychain('tests/helpers/keychain-script.ts');
    expect(JSON.parse(output)).toEqual({
      available: true,
      found: 'geheim-ü',
      other: null,
      replaced: 'neu-🔑',
      deleted: null,
      // A locked keyring finds nothing and takes nothing; what is entered now lives for this run.
      whileLocked: null,
      keptForNow: 'nur für jetzt',
      atTheEnd: { available: false, message: expect.stringContaining('it is locked') as string },
    });
  });

  it('that was never set up is told', async (context) => {
    const missing = await keychainMissing();
    if (missing !== null) context.skip(missing);
    expect(JSON.parse(await runWithoutKeychain('tests/helpers/absent-keychain-script.ts', 'session'))).toEqual(forNow);
  });

  it('that cannot be asked, for there is no D-Bus, is told', async () => {
    expect(JSON.parse(await runWithoutKeychain('tests/helpers/absent-keychain-script.ts', 'none'))).toEqual(forNow);
  });

  const message = expect.stringContaining('this run only') as string;
  const forNow = { available: false, message, found: 'geheim', later: null };
});
