import { randomUUID } from 'node:crypto';
import type { CheckedRequest, OperationAnswers, OperationName } from '../shared/contract/index.ts';
import { ok, type Result } from '../shared/errors/index.ts';
import { pipelineTokenAccount } from './credentials/index.ts';
import type { DeskCore } from './desk-core.ts';
import type { DeskSession } from './desk-session.ts';
import { forgetModelKey, settingsOperations, type SettingsOperation } from './desk-settings.ts';
import { changeOfAction, changes, type PipelineChange } from './pipeline/index.ts';

type Handlers = {
  [K in OperationName]: (request: CheckedRequest<K>) => Promise<Result<OperationAnswers[K]>>;
};

/** Every operation of the desk contract, for requests that are checked already. */
export function deskOperations(core: DeskCore): Handlers {
  return {
    ...accountOperations(core),
    ...pipelineOperations(core),
    ...chatOperations(core),
    ...settingsOperations(core),
    // Only a shell can open something outside; its own door answers this one.
    'shell.open_external': () => Promise.resolve(ok({ opened: false })),
  };
}

type AccountOperation = 'desk.state' | 'auth.sign_in' | 'auth.sign_out';

function accountOperations(core: DeskCore): Pick<Handlers, AccountOperation> {
  const { client } = core.connection;
  const account = pipelineTokenAccount(client.origin);
  return {
    'desk.state': async () => ok(await core.state()),
    'auth.sign_in': async ({ email, password }) => {
      // What the user before left running is recorded under their own name.
      await core.switchUser(null);
      const login = await client.auth.signIn(email, password);
      if (!login.ok) return login;
      const { token, user, tenant } = login.value;
      await core.credentials.set(account, token);
      await core.switchUser({ user, tenant });
      core.pushState();
      return ok(await core.state());
    },
    'auth.sign_out': async ({ forget_model_key }) => {
      if (forget_model_key) {
        const forgotten = await forgetModelKey(core);
        if (!forgotten.ok) return forgotten;
      }
      await core.switchUser(null);
      const signedOut = await client.auth.signOut();
      await core.credentials.delete(account);
      core.pushState();
      return signedOut.ok ? ok(await core.state()) : signedOut;
    },
  };
}

type PipelineOperation = Exclude<
  OperationName,
  AccountOperation | ChatOperation | SettingsOperation | 'shell.open_external'
>;

function pipelineOperations(core: DeskCore): Pick<Handlers, PipelineOperation> {
  const { client } = core.connection;
  const { read } = client;
  const click = <T>(change: PipelineChange<T>, snapshot?: string): Promise<Result<T>> =>
    client.change(change, { key: randomUUID(), origin: 'click', snapshot });
  return {
    'orders.list': (query) => read.orders(query),
    'orders.get': ({ ref }) => read.order(ref),
    'orders.lines': ({ ref, ...query }) => read.orderLines(ref, query),
    'orders.history': ({ ref }) => read.orderHistory(ref),
    'orders.materials_check': ({ ref }) => read.materialsCheck(ref),
    'orders.preview': ({ ref, action }) => client.dryRun(changeOfAction(ref, action)),
    'orders.act': ({ ref, action, snapshot }) => click(changeOfAction(ref, action), snapshot),
    'orders.preview_create': (order) => client.dryRun(changes.createOrder(order)),
    'orders.create': ({ order, snapshot }) => click(changes.createOrder(order), snapshot),
    'products.list': (query) => read.products(query),
    'products.get': ({ id }) => read.product(id),
    'categories.list': () => read.categories(),
    'output_types.list': () => read.outputTypes(),
    'materials.list': () => read.materials(),
    'mappings.list': () => read.mappings(),
    'mappings.put': (mapping) => click(changes.putMapping(mapping)),
    'renders.get': ({ id }) => read.render(id),
    'renders.log': async ({ id }) => {
      const log = await read.renderLog(id);
      return log.ok ? ok(log.value.lines) : log;
    },
    'stats.renders': (query) => read.renderStats(query),
  };
}

type ChatOperation = Extract<OperationName, `chat.${string}`>;

function chatOperations(core: DeskCore): Pick<Handlers, ChatOperation> {
  const inChat = async <T>(use: (session: DeskSession) => Promise<Result<T>>): Promise<Result<T>> => {
    const session = core.session();
    return session.ok ? use(session.value) : session;
  };
  const silent = (): void => undefined;
  return {
    'chat.sessions': ({ text }) => inChat(({ chat }) => chat.sessions(text)),
    'chat.change': ({ session_id, ...change }) => inChat(({ chat }) => chat.change(session_id, change)),
    'chat.export': ({ session_id, format }) => inChat(({ chat }) => chat.export(session_id, format)),
    'chat.regenerate': ({ session_id }) => inChat(({ chat }) => chat.regenerate(session_id, silent)),
    'chat.queue': ({ session_id }) => inChat(({ chat }) => Promise.resolve(ok(chat.queue(session_id)))),
    'chat.change_queue': ({ session_id, change }) =>
      inChat(({ chat }) => Promise.resolve(chat.changeQueue(session_id, change))),
    'chat.messages': ({ session_id }) => inChat(({ chat }) => chat.messages(session_id)),
    'chat.delete': ({ session_id }) => inChat(({ chat }) => chat.delete(session_id)),
    'chat.send': (request) => inChat(({ chat }) => chat.send(request, silent)),
    'chat.approvals': () => inChat(({ chat }) => chat.approvals()),
    'chat.approval_rows': (request) => inChat(({ chat }) => chat.approvalRows(request)),
    'chat.decide': ({ id, ...decision }) => inChat(({ chat }) => chat.decide(id, decision, silent)),
    'chat.decide_all': (decision) => inChat(({ chat }) => chat.decideAll(decision, silent)),
    'chat.undo': (request) => inChat(({ chat }) => chat.undo(request, silent)),
    'chat.grants': ({ session_id }) => inChat(() => core.connection.client.chat.grants(session_id)),
    'chat.revoke_grant': ({ id }) => inChat(() => core.connection.client.chat.revokeGrant(id, randomUUID())),
    'chat.stop': ({ session_id }) => inChat(async ({ chat }) => ok(await chat.stop(session_id))),
    'chat.usage': ({ session_id }) => inChat(({ chat }) => chat.usage(session_id)),
  };
}
