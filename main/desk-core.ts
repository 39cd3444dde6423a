import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { DeskPush, DeskState } from '../shared/contract/index.ts';
import type { Me } from '../shared/domain/index.ts';
import { fail, ok, type Result } from '../shared/errors/index.ts';
import { createTokenCounter } from './chat/index.ts';
import { createCredentials, type Credentials } from './credentials/index.ts';
import { connect, type DeskConnection } from './desk-connection.ts';
import { openSession, type DeskSession } from './desk-session.ts';
import type { DeskConfig } from './desk-types.ts';
import { deskVersion } from './desk-version.ts';
import { createNetwork, readNetworkSettings, type Network } from './network/index.ts';
import { aiState, createModelMemory, createOfflineModel } from './settings/index.ts';

/** What the operations of a desk work with. */
export interface DeskCore {
  readonly config: DeskConfig;
  readonly connection: DeskConnection;
  readonly credentials: Credentials;
  /** `unauthorized` while nobody is signed in. */
  session(): Result<DeskSession>;
  /** Begins the session of a user who just signed in; null ends the running one. */
  switchUser(me: Me | null): Promise<void>;
  state(): Promise<DeskState>;
  /** Tells every window the state, after something in it changed. */
  pushState(): void;
  push(push: DeskPush): void;
  onPush(listener: (push: DeskPush) => void): () => void;
  stop(): Promise<void>;
}

const VERSION = deskVersion();
/** What can wait until the first window is drawn. */
const WARM_MS = 1500;

/** Connects to the pipeline and opens the session of whoever is signed in. */
export async function createDeskCore(config: DeskConfig): Promise<Result<DeskCore>> {
  const opened = openNetwork(config);
  if (!opened.ok) return opened;
  const network = opened.value;
  const credentials = createCredentials();
  const connected = await connect(config, credentials, network);
  if (!connected.ok) {
    await network.close();
    return connected;
  }
  const connection = connected.value;
  const listeners = new Set<(push: DeskPush) => void>();
  const offlineModel = createOfflineModel(config.launch, config.dataDir);
  const modelMemory = createModelMemory(join(config.dataDir, 'models.json'), config.log);
  const counter = createTokenCounter();
  const deskId = randomUUID();
  let session: DeskSession | null = null;

  const push = (message: DeskPush): void => {
    for (const listener of listeners) listener(message);
  };
  const state = () => deskState(config, connection, credentials, session);
  const pushState = (): void => {
    void state().then((now) => push({ type: 'desk.state', state: now }));
  };
  const switchUser = async (me: Me | null): Promise<void> => {
    const ending = session;
    session = null;
    connection.me = me;
    await ending?.close();
    if (!me) return;
    const { client, embedded } = connection;
    const shared = { config, client, network, credentials, offlineModel, modelMemory, counter, deskId };
    session = openSession(me, { ...shared, onSample: embedded, push, onChange: pushState });
    // The offline model starts beside the window, not with the first question.
    void session.model();
    void session.chat.reconcile();
    setTimeout(counter.warm, WARM_MS).unref();
  };
  await switchUser(connection.me);
  credentials.onUnlocked(pushState);
  if (!connection.embedded) {
    // Its token ran out or was taken back: the windows are told to sign in.
    connection.client.recoverWith((lost) => {
      if (lost === 'unauthorized' && session) void switchUser(null).then(pushState);
      return Promise.resolve(false);
    });
  }

  return ok({
    config,
    connection,
    credentials,
    session: () => (session ? ok(session) : fail('unauthorized')),
    switchUser,
    state,
    pushState,
    push,
    onPush: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: async () => {
      connection.close();
      await switchUser(null);
      await Promise.all([offlineModel.stop(), counter.close()]);
      connection.release();
      await network.close();
    },
  });
}

function openNetwork({ dataDir, env, stack }: DeskConfig): Result<Network> {
  const settings = readNetworkSettings(join(dataDir, 'network.json'), env);
  return settings.ok ? ok(createNetwork(settings.value, stack)) : settings;
}

async function deskState(
  config: DeskConfig,
  connection: DeskConnection,
  credentials: Credentials,
  session: DeskSession | null,
): Promise<DeskState> {
  const model = session ? await session.model() : fail('unauthorized');
  const { available, message } = await credentials.state();
  return {
    door: config.door,
    version: VERSION,
    me: session ? await meNow(session) : null,
    ai: aiState(model),
    pipeline: { url: connection.client.origin, embedded: connection.embedded },
    approve: config.approve,
    keychain: { available, message },
    quick_command: config.quickCommand ?? { shortcut: null, registered: false },
  };
}

/** Who is signed in, with what the tenant's settings say now: an admin may have changed them since the sign-in. */
async function meNow({ me, config }: DeskSession): Promise<Me> {
  const settings = await config();
  if (!settings.ok) return me;
  const { ai_enabled, time_zone } = settings.value;
  return { ...me, tenant: { ...me.tenant, ai_enabled, time_zone } };
}
