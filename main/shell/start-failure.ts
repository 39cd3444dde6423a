import { app, dialog } from 'electron';

/** Tells a person that the application can't start and why, and ends it. */
export function tellStartFailure(error: unknown, log: (line: string) => void): void {
  const reason = error instanceof Error ? error.message : String(error);
  log(`could not start: ${error instanceof Error ? (error.stack ?? reason) : reason}`);
  dialog.showErrorBox('Renderdesk could not start', reason);
  app.exit(1);
}
