import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { IPC_CHANNELS, type Bridge } from '../shared/contract/bridge.ts';
import type {
  DeskPush,
  OperationAnswers,
  OperationName,
  OperationRequest,
  ProductListAnswer,
} from '../shared/contract/index.ts';
import type { Result } from '../shared/errors/index.ts';

/** Pushes that came before the page listened: a window opened to show something is told so while it still draws. */
const early: DeskPush[] = [];
const MAX_EARLY = 200;
const listeners = new Set<(push: DeskPush) => void>();

ipcRenderer.on(IPC_CHANNELS.push, (_event: IpcRendererEvent, push: DeskPush) => {
  if (listeners.size === 0 && early.length < MAX_EARLY) early.push(push);
  for (const listener of listeners) listener(push);
});

/** The desk contract over IPC and nothing else: no raw channel, no event object, no Node reaches the page. */
const bridge = {
  call<K extends OperationName>(name: K, request: OperationRequest<K>): Promise<Result<OperationAnswers[K]>> {
    return ipcRenderer.invoke(IPC_CHANNELS.call, name, request);
  },
  uploadProductList(name: string, bytes: Uint8Array): Promise<Result<ProductListAnswer>> {
    return ipcRenderer.invoke(IPC_CHANNELS.uploadProductList, name, bytes);
  },
  onPush(listener: (push: DeskPush) => void): () => void {
    const own = (push: DeskPush) => listener(push);
    listeners.add(own);
    for (const push of early.splice(0)) own(push);
    return () => void listeners.delete(own);
  },
  mediaUrl(renderId: string, variant: 'image' | 'thumbnail'): string {
    return `/media/renders/${encodeURIComponent(renderId)}/${variant}`;
  },
} satisfies Bridge;

contextBridge.exposeInMainWorld('renderdesk', bridge);
