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
      locked: false,
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
    expect(await credentials.state()).toMatchObject({ available: false, locked: true });
  });
});

describe('a keychain that asks its user for a password', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  const never = () => new Promise<never>(() => undefined);

  it('is not waited for, and said to be locked', async () => {
    const credentials = createCredentials(() => Promise.resolve({ getPassword: never }));
    const found = credentials.get('a');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await found).toBeNull();
    expect(await credentials.state()).toEqual({
      available: false,
      message: expect.stringContaining('locked') as string,
      locked: true,
    });
  });

  it('gives what is in it once the password was typed', async () => {
    const typed = Promise.withResolvers<string>();
    const getPassword = (_service: string, account: string) => {
      return account === 'a' ? typed.promise : Promise.resolve(null);
    };
    const credentials = createCredentials(() => Promise.resolve({ getPassword }));
    let told = 0;
    credentials.onUnlocked(() => told++);
    expect((await credentials.state()).available).toBe(true);
    const early = credentials.get('a');
    await vi.advanceTimersByTimeAsync(5_000);
    expect([await early, (await credentials.state()).locked, told]).toEqual([null, true, 0]);
    typed.resolve('secret');
    await vi.advanceTimersByTimeAsync(0);
    expect([told, await credentials.get('a')]).toEqual([1, 'secret']);
    expect(await credentials.state()).toEqual({ available: true, message: null, locked: false });
  });

  it('stays closed for this run where something was entered meanwhile, or nobody typed it', async () => {
    for (const entered of [true, false]) {
      const typed = Promise.withResolvers<void>();
      const keytar = {
        getPassword: () => Promise.resolve(null),
        setPassword: never,
        deletePassword: () => typed.promise,
      };
      const credentials = createCredentials(() => Promise.resolve(keytar));
      const deleted = credentials.delete('b');
      await vi.advanceTimersByTimeAsync(5_000);
      await deleted;
      if (entered) await credentials.set('a', 'secret');
      if (entered) typed.resolve();
      else typed.reject(new Error('The prompt was dismissed.'));
      await vi.advanceTimersByTimeAsync(0);
      expect(await credentials.get('a')).toBe(entered ? 'secret' : null);
      expect((await credentials.state()).locked).toBe(true);
    }
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
      atTheEnd: { available: false, message: expect.stringContaining('is locked') as string, locked: true },
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
