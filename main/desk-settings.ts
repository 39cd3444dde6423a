import { randomUUID } from 'node:crypto';
import type {
  CheckedRequest,
  DeskState,
  OperationAnswers,
  OperationName,
  SetUpAnswer,
} from '../shared/contract/index.ts';
import type { ModelEndpoint, TenantConfig } from '../shared/domain/index.ts';
import { fail, ok, type Result } from '../shared/errors/index.ts';
import { modelKeyAccount } from './credentials/index.ts';
import type { DeskCore } from './desk-core.ts';
import type { DeskSession } from './desk-session.ts';
import { changes, checkAddress } from './pipeline/index.ts';
import { makeSetupCode, readSetupCode, type Setup } from './settings/index.ts';

export type SettingsOperation = Extract<
  OperationName,
  `settings.${string}` | `credentials.${string}` | `model.${string}`
>;

type Handlers = {
  [K in SettingsOperation]: (request: CheckedRequest<K>) => Promise<Result<OperationAnswers[K]>>;
};

/** The tenant's settings, the key of its model on this machine, and whether that model answers. */
export function settingsOperations(core: DeskCore): Handlers {
  return {
    'settings.get': () => inSession(core, (session) => session.config()),
    'settings.own_policy': () => core.connection.client.chat.ownPolicy(),
    'settings.put_own_policy': (policy) =>
      inSession(core, (session) => changed(session, core.connection.client.chat.putOwnPolicy(policy, randomUUID()))),
    'settings.put': (change) => inSession(core, (session) => putConfig(core, session, change)),
    'credentials.set_model_key': ({ key }) => changeKey(core, (account) => core.credentials.set(account, key)),
    'credentials.delete_model_key': () => changeKey(core, (account) => core.credentials.delete(account)),
    'model.test': () => inSession(core, async (session) => ok(await session.testModel())),
    'model.setup_code': () =>
      inSession(core, async (session) => {
        const model = await configured(session);
        return model.ok ? ok({ code: makeSetupCode({ ...model.value, key: null }) }) : model;
      }),
    'model.set_up': ({ code }) => inSession(core, (session) => setUp(core, session, code)),
  };
}

/** Deletes this machine's key of the signed-in company's model; nothing to do where there is none. */
export async function forgetModelKey(core: DeskCore): Promise<Result<undefined>> {
  const session = core.session();
  if (!session.ok) return ok(undefined);
  const model = await configured(session.value);
  if (!model.ok) return model.failure.code === 'ai_not_configured' ? ok(undefined) : model;
  await core.credentials.delete(accountOf(session.value, model.value));
  return ok(undefined);
}

/**
 * An admin takes over endpoint and key; everybody else the key, and only for the endpoint that the company's settings name: a
 * code from anywhere must not lead the company's questions elsewhere.
 */
async function setUp(core: DeskCore, session: DeskSession, code: string): Promise<Result<SetUpAnswer>> {
  const read = readSetupCode(code);
  if (!read.ok) return read;
  const { key, ...model } = read.value;
  const address = checkAddress(model.endpoint, "The model's endpoint");
  if (!address.ok) return address;
  const config = await session.config();
  if (!config.ok) return config;
  const isNew = !isSame(config.value.model, model);
  if (isNew) {
    if (session.me.user.role !== 'admin') return refuseToMove(config.value.model, read.value);
    const put = await putConfig(core, session, { model });
    if (!put.ok) return put;
  }
  if (key !== null) await core.credentials.set(accountOf(session, model), key);
  core.pushState();
  const { endpoint, deployment } = model;
  return ok({ endpoint, deployment, configured: isNew, key_kept: key !== null });
}

function putConfig(
  core: DeskCore,
  session: DeskSession,
  change: CheckedRequest<'settings.put'>,
): Promise<Result<TenantConfig>> {
  const sent = core.connection.client.change(changes.putConfig(change), { key: randomUUID(), origin: 'click' });
  return changed(session, sent);
}

/** What the desk does next goes by the settings as they are now, also where no event says that they changed. */
async function changed<T>(session: DeskSession, sent: Promise<Result<T>>): Promise<Result<T>> {
  const answer = await sent;
  if (answer.ok) session.refresh();
  return answer;
}

function refuseToMove(now: ModelEndpoint | null, { endpoint }: Setup): Result<never> {
  const { origin } = new URL(endpoint);
  const message = now
    ? `This set-up code is for ${origin}, your company's settings name another model. Ask your admin for the current code.`
    : `Your company's settings name no model yet. Your admin has to paste this set-up code first.`;
  return fail('forbidden', message);
}

function isSame(now: ModelEndpoint | null, model: ModelEndpoint): boolean {
  if (now === null) return false;
  const { endpoint, deployment, api_version } = model;
  return now.endpoint === endpoint && now.deployment === deployment && now.api_version === api_version;
}

/** The account of the key of exactly this tenant and endpoint. */
function accountOf(session: DeskSession, model: ModelEndpoint): string {
  return modelKeyAccount(session.me.tenant.id, model.endpoint);
}

async function configured(session: DeskSession): Promise<Result<ModelEndpoint>> {
  const config = await session.config();
  if (!config.ok) return config;
  return config.value.model ? ok(config.value.model) : fail('ai_not_configured');
}

async function changeKey(core: DeskCore, change: (account: string) => Promise<void>): Promise<Result<DeskState>> {
  return inSession(core, async (session) => {
    const model = await configured(session);
    if (!model.ok) return model;
    await change(accountOf(session, model.value));
    core.pushState();
    return ok(await core.state());
  });
}

async function inSession<T>(core: DeskCore, use: (session: DeskSession) => Promise<Result<T>>): Promise<Result<T>> {
  const session = core.session();
  return session.ok ? use(session.value) : session;
}
