import { app } from 'electron';
import { z } from 'zod';

const startSchema = z.object({ quick: z.boolean() });
/** What a start wants: the main window, or with `--quick` the quick command. */
export type StartRequest = z.infer<typeof startSchema>;

/**
 * One application per profile. True: we are it, and `onSecondStart` hears of every later start. False: another runs and has
 * been told what this start wanted. The request travels as data, for Chromium may reorder a second start's arguments;
 * it comes from another process, so what can't be read opens the main window and nothing more.
 */
export function claimSingleInstance(start: StartRequest, onSecondStart: (start: StartRequest) => void): boolean {
  if (!app.requestSingleInstanceLock(start)) return false;
  app.on('second-instance', (_event, _argv, _directory, data) => {
    const request = startSchema.safeParse(data);
    onSecondStart(request.success ? request.data : { quick: false });
  });
  return true;
}
