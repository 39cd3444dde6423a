import { app } from 'electron';
import type { Desk } from '../desk-types.ts';

/** A desk that can't end its turns and services in this time is left; what it leaves is reconciled at the next start. */
const STOP_MS = 15_000;

/** Lets the desk end its turns and let go of its services before the application goes. */
export function stopDeskBeforeQuit(desk: Promise<Desk>, log: (line: string) => void): void {
  let stopping = false;
  app.on('before-quit', (event) => {
    if (stopping) return;
    stopping = true;
    event.preventDefault();
    const stopped = desk.then((started) => started.stop());
    void withLimit(stopped, log).then(() => app.quit());
  });
}

async function withLimit(stopped: Promise<void>, log: (line: string) => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      log('the desk did not stop in time');
      resolve();
    }, STOP_MS);
  });
  try {
    await Promise.race([stopped, limit]);
  } catch (error) {
    log(`the desk did not stop cleanly: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    clearTimeout(timer);
  }
}
