import type { IpcMain } from 'electron';
import { IPC_CHANNELS } from '../../../shared/contract/index.ts';
import { fail, FailureError, type Result } from '../../../shared/errors/index.ts';
import type { Desk } from '../../desk-types.ts';
import { answerCall, answerUpload, type OpenExternal } from './answer.ts';
import { refusal, type IpcSender } from './sender.ts';

/** What the door stands on. */
export interface IpcDoor {
  ipcMain: Pick<IpcMain, 'handle'>;
  /** The desk may still be starting: calls wait for it, so that a window can be drawn meanwhile. */
  desk: Promise<Desk>;
  /** Is this one of the windows the shell made? */
  knowsWindow: (webContentsId: number) => boolean;
  openExternal: OpenExternal;
  log: (line: string) => void;
}

/**
 * Opens the desk to the shell's own windows. Every message passes one gate: its sender is checked first, a stranger
 * gets the failure `forbidden` and is logged, and whatever is thrown behind it comes back as a failure value.
 */
export function openIpcDoor(door: IpcDoor): void {
  const { ipcMain, desk, openExternal } = door;
  ipcMain.handle(IPC_CHANNELS.call, (event, name: unknown, request: unknown) =>
    guarded(door, event, IPC_CHANNELS.call, () => answerCall(desk, openExternal, name, request)),
  );
  ipcMain.handle(IPC_CHANNELS.uploadProductList, (event, name: unknown, bytes: unknown) =>
    guarded(door, event, IPC_CHANNELS.uploadProductList, () => answerUpload(desk, name, bytes)),
  );
}

async function guarded<T>(
  door: IpcDoor,
  event: IpcSender,
  channel: string,
  answer: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const reason = refusal(event, door.knowsWindow);
  if (reason !== null) {
    door.log(`refused a message on ${channel}: ${reason}`);
    return fail('forbidden', 'Only the windows of Renderdesk may speak to its desk.');
  }
  try {
    return await answer();
  } catch (error) {
    if (error instanceof FailureError) return { ok: false, failure: error.failure };
    door.log(
      `a message on ${channel} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return fail('internal_error');
  }
}
