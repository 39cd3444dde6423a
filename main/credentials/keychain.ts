import { ERROR_CODES } from '../../shared/errors/index.ts';
import { createSessionMemory } from './session-memory.ts';

/** Secrets by account. They never leave the main process. */
export interface Credentials {
  get(account: string): Promise<string | null>;
  set(account: string, secret: string): Promise<void>;
  delete(account: string): Promise<void>;
  /** Where secrets live; `message` tells a person when it is only this run's memory. */
  state(): Promise<KeychainState>;
  /** Tells when a keychain that was locked gives what is in it after all. */
  onUnlocked(listener: () => void): void;
}

export interface KeychainState {
  available: boolean;
  message: string | null;
  /** It asks its user for a password, or refused to take something for being locked. */
  locked: boolean;
}

/** The part of keytar that is used; both of its module shapes have it. */
interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

const SERVICE = 'Renderdesk';
/** A keychain that asks its user for a password may wait for ever; the desk does not. */
const PATIENCE_MS = 4000;

/**
 * The operating system's keychain, or this run's memory where there is none: no keytar for this platform, no Secret
 * Service, a locked collection. Never a file. `load` gives keytar; it is called once, when first needed.
 */
export function createCredentials(load: () => Promise<unknown> = loadKeytar): Credentials {
  const memory = createSessionMemory();
  const listeners = new Set<() => void>();
  let opened: Promise<Keytar> | undefined;
  /** From the first failure on everything stays in memory: half here and half there could not be explained. */
  let closed: 'no_keychain' | 'keychain_locked' | null = null;

  const unlocked = (): void => {
    if (!memory.isEmpty()) return;
    closed = null;
    for (const listener of listeners) listener();
  };
  const onKeychain = async <T>(use: (keytar: Keytar) => Promise<T>, otherwise: () => T): Promise<T> => {
    if (closed) return otherwise();
    opened ??= openKeychain(load);
    const work = opened.then(use);
    try {
      return await inTime(work);
    } catch (error) {
      closed = isLocked(error) ? 'keychain_locked' : 'no_keychain';
      // Its user may still type the password. What was entered here meanwhile holds, else it is the keychain again.
      if (error instanceof TooLate) void work.then(unlocked, () => undefined);
      return otherwise();
    }
  };
  return {
    get: (account) =>
      onKeychain<string | null>(
        (keytar) => keytar.getPassword(SERVICE, account),
        () => memory.get(account),
      ),
    set: (account, secret) =>
      onKeychain<void>(
        (keytar) => keytar.setPassword(SERVICE, account, secret),
        () => memory.set(account, secret),
      ),
    delete: (account) =>
      onKeychain<void>(
        async (keytar) => void (await keytar.deletePassword(SERVICE, account)),
        () => memory.delete(account),
      ),
    state: async () => {
      await onKeychain(
        () => Promise.resolve(),
        () => undefined,
      );
      const message = closed && ERROR_CODES[closed].message;
      return { available: closed === null, message, locked: closed === 'keychain_locked' };
    },
    onUnlocked: (listener) => void listeners.add(listener),
  };
}

/** Asks the keychain for something that is not there: only an answer shows that there is one. */
async function openKeychain(load: () => Promise<unknown>): Promise<Keytar> {
  const keytar = keytarIn(await load());
  await keytar.getPassword(SERVICE, 'probe');
  return keytar;
}

/** What a keychain says that is locked, or one that waits for its user. All else (no binary, no D-Bus) means that there is none. */
function isLocked(error: unknown): boolean {
  return error instanceof TooLate || (error instanceof Error && /\blocked\b/i.test(error.message));
}

async function loadKeytar(): Promise<unknown> {
  return import('keytar');
}

function keytarIn(module: unknown): Keytar {
  const holder = isFields(module) && isFields(module['default']) ? module['default'] : module;
  if (isFields(holder) && typeof holder['getPassword'] === 'function') return holder as unknown as Keytar;
  throw new Error('This is not keytar.');
}

class TooLate extends Error {}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TooLate('The keychain does not answer.')), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
