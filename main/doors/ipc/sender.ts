import type { IpcMainInvokeEvent } from 'electron';
import { isAppUrl } from './app-origin.ts';

/** What the check needs of Electron's event; the frame is null once it has navigated away or is gone. */
export type IpcSender = Pick<IpcMainInvokeEvent, 'senderFrame'> & { readonly sender: { readonly id: number } };

/**
 * Why this sender may not speak to the desk, or null where it may: a window we made, its main frame, on our own origin.
 * To be called before the first `await` of a handler, while the frame is still the one that sent the message.
 */
export function refusal(event: IpcSender, knowsWindow: (webContentsId: number) => boolean): string | null {
  const frame = event.senderFrame;
  if (!frame) return 'its frame is gone';
  if (!knowsWindow(event.sender.id)) return 'its window is not one of ours';
  if (frame.parent !== null) return 'it is not a main frame';
  if (!isAppUrl(frame.url)) return 'its page is not on our own origin';
  return null;
}
