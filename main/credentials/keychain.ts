import { ERROR_CODES } from '../../shared/errors/index.ts';
import { createSessionMemory } from './session-memory.ts';

/** Secrets by account. They never leave the main process. */
export interface Credentials {
  get(account: string): Promise<string | null>;
  set(account: string, secret: string): Promise<void>;
  delete(account: string): Promise<void>;
  /** Where secrets live; `message` tells a person when it is only this run's memory. */
  state(): Promise<KeychainState>;
}

export interface KeychainState {
  available: boolean;
  message: string | null;
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
  let opened: Promise<Keytar | null> | undefined;
  const open = (): Promise<Keytar | null> => (opened ??= openKeychain(load));
  /** From the first failure on everything stays in memory: half here and half there could not be explained. */
  const onKeychain = async <T>(use: (keytar: Keytar) => Promise<T>, otherwise: () => T): Promise<T> => {
    const keytar = await open();
    if (!keytar) return otherwise();
    try {
      return await inTime(use(keytar));
    } catch {
      opened = Promise.resolve(null);
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
      const available = (await open()) !== null;
      return { available, message: available ? null : ERROR_CODES.no_keychain.message };
    },
  };
}

/** Asks the keychain for something that is not there: only an answer shows that there is one. */
async function openKeychain(load: () => Promise<unknown>): Promise<Keytar | null> {
  try {
    const keytar = keytarIn(await load());
    await inTime(keytar.getPassword(SERVICE, 'probe'));
    return keytar;
  } catch {
    // Every reason (no binary, no D-Bus, locked) means the same to a person, and `state` tells it.
    return null;
  }
}

async function loadKeytar(): Promise<unknown> {
  return import('keytar');
}

function keytarIn(module: unknown): Keytar {
  const holder = isFields(module) && isFields(module['default']) ? module['default'] : module;
  if (isFields(holder) && typeof holder['getPassword'] === 'function') return holder as unknown as Keytar;
  throw new Error('This is not keytar.');
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The keychain does not answer.')), PATIENCE_MS);
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
