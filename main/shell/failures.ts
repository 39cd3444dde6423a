import { app, dialog } from 'electron';

/** Tells a person that the application can't start and why, and ends it. */
export function tellStartFailure(error: unknown, log: (line: string) => void): void {
  end('Renderdesk could not start', error, log);
}

/**
 * A bug that nobody caught leaves the application in a state nobody knows: it is told and ended, and what was under way is
 * reconciled at the next start. A forgotten promise harms only itself, so it is only logged.
 */
export function endOnBugs(log: (line: string) => void): void {
  process.on('uncaughtException', (error) => end('Renderdesk had to stop', error, log));
  process.on('unhandledRejection', (reason) => log(`a rejection nobody handled: ${describe(reason)}`));
}

function end(title: string, error: unknown, log: (line: string) => void): void {
  log(`${title}: ${describe(error)}`);
  dialog.showErrorBox(title, error instanceof Error ? error.message : String(error));
  app.exit(1);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
