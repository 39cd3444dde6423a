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

/** The desk contract over IPC and nothing else: no raw channel, no event object, no Node reaches the page. */
const bridge = {
  call<K extends OperationName>(name: K, request: OperationRequest<K>): Promise<Result<OperationAnswers[K]>> {
    return ipcRenderer.invoke(IPC_CHANNELS.call, name, request);
  },
  uploadProductList(name: string, bytes: Uint8Array): Promise<Result<ProductListAnswer>> {
    return ipcRenderer.invoke(IPC_CHANNELS.uploadProductList, name, bytes);
  },
  onPush(listener: (push: DeskPush) => void): () => void {
    const forward = (_event: IpcRendererEvent, push: DeskPush) => listener(push);
    ipcRenderer.on(IPC_CHANNELS.push, forward);
    return () => void ipcRenderer.off(IPC_CHANNELS.push, forward);
  },
  mediaUrl(renderId: string, variant: 'image' | 'thumbnail'): string {
    return `/media/renders/${encodeURIComponent(renderId)}/${variant}`;
  },
} satisfies Bridge;

contextBridge.exposeInMainWorld('renderdesk', bridge);
