import type { Result } from '../errors/index.ts';
import type { OperationAnswers, OperationName, OperationRequest } from './operations.ts';
import type { ProductListAnswer } from './product-list.ts';
import type { DeskPush } from './pushes.ts';

/**
 * The desk contract as a window sees it. The preload script exposes it as `window.renderdesk`; on the browser door
 * the renderer builds the same thing over HTTP and a WebSocket. Failures are values; a call never rejects for an
 * expected reason.
 */
export interface Bridge {
  call<K extends OperationName>(name: K, request: OperationRequest<K>): Promise<Result<OperationAnswers[K]>>;
  /** Reads a dropped product list and makes a selection of it. */
  uploadProductList(name: string, bytes: Uint8Array): Promise<Result<ProductListAnswer>>;
  /** Listens to everything the desk tells; returns its unlisten. */
  onPush(listener: (push: DeskPush) => void): () => void;
  /** Address of an image: `/media/renders/{id}/image` or `…/thumbnail` of the door in use. */
  mediaUrl(renderId: string, variant: 'image' | 'thumbnail'): string;
}

/** IPC channel names; used by `main/doors/ipc` and `preload` only. */
export const IPC_CHANNELS = {
  call: 'renderdesk:call',
  uploadProductList: 'renderdesk:upload-product-list',
  push: 'renderdesk:push',
} as const;
