import { beforeEach, describe, expect, it, vi } from 'vitest';
import { IPC_CHANNELS, type Bridge, type DeskPush } from '../shared/contract/index.ts';

type Push = (event: object, push: DeskPush) => void;

const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  listeners: new Map<string, Push>(),
  contextBridge: { exposeInMainWorld: (name: string, api: unknown) => void electron.exposed.set(name, api) },
  ipcRenderer: {
    invoke: vi.fn(async () => ({ ok: true, value: null })),
    on: (channel: string, listener: Push) => void electron.listeners.set(channel, listener),
  },
}));
vi.mock('electron', () => electron);

const OFFLINE: DeskPush = { type: 'connection', connection: { state: 'live' } };

async function loadBridge(): Promise<Bridge> {
  vi.resetModules();
  await import('./index.ts');
  return electron.exposed.get('renderdesk') as Bridge;
}

function push(sent: DeskPush): void {
  electron.listeners.get(IPC_CHANNELS.push)?.({ sender: 'must stay here' }, sent);
}

describe('the bridge', () => {
  beforeEach(() => electron.exposed.clear());

  it('exposes exactly the desk contract', async () => {
    const bridge = await loadBridge();
    expect([...electron.exposed.keys()]).toEqual(['renderdesk']);
    expect(Object.keys(bridge).sort()).toEqual(['call', 'mediaUrl', 'onPush', 'uploadProductList']);
    expect([...electron.listeners.keys()]).toEqual([IPC_CHANNELS.push]);
  });

  it('speaks on the channels of the contract only', async () => {
    const bridge = await loadBridge();
    const bytes = new Uint8Array(2);
    await bridge.call('orders.get', { ref: 'SA-2026-00160' });
    await bridge.uploadProductList('list.csv', bytes);
    expect(electron.ipcRenderer.invoke.mock.calls).toEqual([
      [IPC_CHANNELS.call, 'orders.get', { ref: 'SA-2026-00160' }],
      [IPC_CHANNELS.uploadProductList, 'list.csv', bytes],
    ]);
    expect(bridge.mediaUrl('a/../b', 'thumbnail')).toBe('/media/renders/a%2F..%2Fb/thumbnail');
  });

  it('hands pushes to listeners without the event, until they unlisten', async () => {
    const bridge = await loadBridge();
    const heard: unknown[][] = [];
    const unlisten = bridge.onPush((...args) => void heard.push(args));
    push(OFFLINE);
    unlisten();
    push(OFFLINE);
    expect(heard).toEqual([[OFFLINE]]);
  });

  it('keeps what came before the page listened', async () => {
    const bridge = await loadBridge();
    const navigate: DeskPush = { type: 'navigate', view: 'orders', id: null };
    push(navigate);
    const heard: DeskPush[] = [];
    bridge.onPush((early) => void heard.push(early));
    bridge.onPush((early) => void heard.push(early));
    expect(heard).toEqual([navigate]);
  });
});
