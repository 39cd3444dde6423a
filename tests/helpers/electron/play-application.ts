import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  IPC_CHANNELS,
  type AiState,
  type DeskPush,
  type OperationAnswers,
  type OperationName,
  type OperationRequest,
} from '../../../shared/contract/index.ts';
import { unwrap, type Result } from '../../../shared/errors/index.ts';
import { electron } from './module.ts';

/*
 * Plays a person in front of the built application: `node play-application.ts OUT DATA`. Everything is real (entry, desk, IPC door,
 * page protocol, services behind their host) but Electron itself. Prints what it saw as one line of JSON.
 */

/** What the person saw. */
export interface SeenApplication {
  windowMs: number;
  signedInAs: string | null;
  ai: AiState;
  page: number;
  image: { status: number; type: string | null; bytes: number };
  turn: { status: string; answer: string };
  pushes: string[];
}

const [, , out = '', data = ''] = process.argv;
const standIn = new URL('./module.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});

function call<K extends OperationName>(name: K, request: OperationRequest<K>): Promise<OperationAnswers[K]> {
  const sender = { id: electron.BrowserWindow.made[0]?.webContents.id };
  const event = { sender, senderFrame: { url: 'renderdesk://app/index.html', parent: null } };
  const answer: unknown = electron.ipcMain.handlers.get(IPC_CHANNELS.call)?.(event as never, name, request);
  return Promise.resolve(answer as Promise<Result<OperationAnswers[K]>>).then(unwrap);
}

async function get(path: string): Promise<Response> {
  const serve = electron.protocol.handlers.get('renderdesk');
  if (!serve) throw new Error('no page is served');
  return await serve(new Request(`renderdesk://app${path}`));
}

/** Orders one product and waits for its image, as a window shows it. */
async function orderOneImage(): Promise<Response> {
  const [products, types] = await Promise.all([call('products.list', { limit: 1 }), call('output_types.list', {})]);
  const product_ids = products.items.map(({ id }) => id);
  const { id } = await call('orders.create', { order: { product_ids, output_type_name: types[0]?.name ?? '' } });
  for (;;) {
    const [line] = (await call('orders.lines', { ref: id, limit: 1 })).items;
    if (line?.status === 'failed') throw new Error(`the render failed: ${line.error}`);
    if (line?.status === 'done') return get(`/media/renders/${line.render_id}/thumbnail`);
    await sleep(100);
  }
}

const started = performance.now();
process.argv = ['electron', out, '--data', data];
await import(pathToFileURL(join(out, 'main/index.js')).href);
electron.app.becomeReady();
while (electron.BrowserWindow.made.length === 0) await sleep(5);
const windowMs = Math.round(performance.now() - started);

const state = await call('desk.state', {});
const page = await get('/index.html');
const turn = await call('chat.send', { message: "What's the status of my last order?" });
const image = await orderOneImage();

electron.app.emit('before-quit', { preventDefault: () => undefined });
while (electron.app.quits === 0) await sleep(20);
const pushes = electron.BrowserWindow.made[0]?.webContents.sent.map(({ args }) => (args[0] as DeskPush).type);
const seen: SeenApplication = {
  windowMs,
  signedInAs: state.me?.user.email ?? null,
  ai: state.ai,
  page: page.status,
  image: {
    status: image.status,
    type: image.headers.get('content-type'),
    bytes: (await image.arrayBuffer()).byteLength,
  },
  turn: { status: turn.status, answer: turn.response?.content ?? '' },
  pushes: [...new Set(pushes)].sort(),
};
process.stdout.write(`${JSON.stringify(seen)}\n`);
