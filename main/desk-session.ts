import type { DeskPush, ModelTest } from '../shared/contract/index.ts';
import type { Me, OwnPolicy, TenantConfig } from '../shared/domain/index.ts';
import { ok, type Result } from '../shared/errors/index.ts';
import { createModel, type AskModel, type ModelOptions, type ModelTarget } from './agent/index.ts';
import type { ApprovalRules } from './approvals/index.ts';
import { createChat, type Chat, type TokenCounter } from './chat/index.ts';
import type { Credentials } from './credentials/index.ts';
import type { DeskConfig } from './desk-types.ts';
import type { Network } from './network/index.ts';
import type { PipelineClient } from './pipeline/index.ts';
import { noModel, resolveModel, testModel, type ModelMemory, type OfflineModel } from './settings/index.ts';

/** One signed-in user at this desk. Everything that must not cross over to another user or tenant lives here. */
export interface DeskSession {
  readonly me: Me;
  readonly chat: Chat;
  config(): Promise<Result<TenantConfig>>;
  /** The tenant's settings and the user's own are read anew: they were changed here, and the event of it is still to come. */
  refresh(): void;
  /** The model as configured now, or why there is none. */
  model(): Promise<Result<ModelTarget>>;
  /** Asks the model one small question. */
  testModel(): Promise<ModelTest>;
  close(): Promise<void>;
}

export interface SessionDeps {
  config: DeskConfig;
  client: PipelineClient;
  network: Network;
  credentials: Credentials;
  offlineModel: OfflineModel;
  modelMemory: ModelMemory;
  counter: TokenCounter;
  deskId: string;
  onSample: boolean;
  push: (push: DeskPush) => void;
  /** The tenant's settings or the connection's state changed. */
  onChange: () => void;
}

/** Opens the session of whoever the client is signed in as, and follows the pipeline's events for it. */
export function openSession(me: Me, deps: SessionDeps): DeskSession {
  const { client, push } = deps;
  const { log } = deps.config;
  const config = cached(() => client.read.config());
  const ownPolicy = cached(() => client.chat.ownPolicy());
  const refresh = (): void => {
    config.forget();
    ownPolicy.forget();
  };
  const closing = new AbortController();
  const model = async (): Promise<Result<ModelTarget>> => {
    const settings = await config.get();
    if (!settings.ok) return settings;
    return resolveModel({
      choice: deps.config.model,
      env: deps.config.env,
      tenantId: me.tenant.id,
      config: settings.value,
      credentials: deps.credentials,
      onSample: deps.onSample,
      offline: () => deps.offlineModel.target(),
    });
  };
  const chat = createChat({
    client,
    me,
    log,
    deskId: deps.deskId,
    counter: deps.counter,
    model: rememberedModel(model, (target) => modelOptions(me, target, deps)),
    rules: async () => rulesOf(deps.config.approve, await Promise.all([config.get(), ownPolicy.get()])),
    navigate: (to) => push({ type: 'navigate', ...to }),
    broadcast: (session_id, event) => push({ type: 'turn.event', session_id, event }),
    tellQueue: (queue) => push({ type: 'chat.queue', queue }),
  });
  let wasAway = false;
  const events = client.events(
    (event) => {
      if (event.type === 'config.changed' || event.type === 'reload') {
        refresh();
        deps.onChange();
      }
      if (event.type === 'chat.changed') chat.noticed(event.session_id);
      push({ type: 'pipeline.event', event });
    },
    (connection) => {
      push({ type: 'connection', connection });
      // What was on its way when the pipeline went away is found out once it is back.
      if (connection.state === 'live' && wasAway) void chat.reconcile();
      wasAway = connection.state !== 'live';
    },
  );
  if (!events.ok) log(`no events: ${events.failure.message}`);
  return {
    me,
    chat,
    config: () => config.get(),
    refresh,
    model,
    testModel: async () => {
      const target = await model();
      if (!target.ok) return noModel(target.failure);
      return testModel(target.value, modelOptions(me, target.value, deps), closing.signal);
    },
    close: async () => {
      closing.abort();
      if (events.ok) events.value.close();
      await chat.close();
    },
  };
}

interface Cache<T> {
  get(): Promise<Result<T>>;
  forget(): void;
}

/** Settings, read once and again after they changed. A read that failed is not remembered. */
function cached<T>(read: () => Promise<Result<T>>): Cache<T> {
  let known: Promise<Result<T>> | undefined;
  return {
    get: async () => {
      const asked = (known ??= read());
      const answer = await asked;
      if (!answer.ok && known === asked) known = undefined;
      return answer;
    },
    forget: () => {
      known = undefined;
    },
  };
}

function rulesOf(
  run: DeskConfig['approve'],
  [config, own]: [Result<TenantConfig>, Result<OwnPolicy>],
): Result<ApprovalRules> {
  if (!config.ok) return config;
  return own.ok ? ok({ run, user: own.value.policy, tenant: config.value.approval }) : own;
}

/** The offline model has another address in every run and takes everything: nothing is learned about it. */
function modelOptions(me: Me, target: ModelTarget, { network, modelMemory }: SessionDeps): ModelOptions {
  const { fetch } = network;
  return target.offline ? { fetch } : { fetch, memory: modelMemory.of(me.tenant.id, target) };
}

/** One client for as long as target and key stay the same, so that its connections are used again. */
function rememberedModel(
  model: () => Promise<Result<ModelTarget>>,
  optionsOf: (target: ModelTarget) => ModelOptions,
): () => Promise<Result<AskModel>> {
  let last: { target: string; ask: AskModel } | undefined;
  return async () => {
    const target = await model();
    if (!target.ok) return target;
    const name = JSON.stringify(target.value);
    if (last?.target !== name) last = { target: name, ask: createModel(target.value, optionsOf(target.value)) };
    return ok(last.ask);
  };
}
