import { FailureError, unwrap } from '../../../shared/errors/index.ts';
import { createDesk } from '../../desk.ts';
import { launchNode } from '../../embedded-pipeline/index.ts';
import { FLAG_USAGE, parseFlags } from '../flags.ts';
import { openBrowser } from './open-browser.ts';
import { openWebDoor } from './open-web-door.ts';

const log = (line: string): void => void process.stderr.write(`${line}\n`);

async function openDoor(): Promise<void> {
  const flags = unwrap(parseFlags(process.argv.slice(2), process.env));
  const { port, open, ...given } = flags;
  const desk = await createDesk({ ...given, door: 'web', launch: launchNode, log });
  const door = await openWebDoor({ desk, port, log });
  process.stdout.write(`desk listening on ${door.address}\n`);
  const state = unwrap(await desk.call('desk.state', {}));
  log(state.ai.state === 'ready' ? `model: ${state.ai.label}` : `model: ${state.ai.message}`);
  if (state.keychain.message !== null) log(state.keychain.message);
  if (open) openBrowser(door.addressForOnce(), log);

  let stopping = false;
  const stop = (): void => {
    // A second signal means at once.
    if (stopping) process.exit(1);
    stopping = true;
    void door
      .close()
      .then(() => desk.stop())
      .then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/** Starts the desk behind a door for the browser and ends the process when it is told to stop. */
export async function startWeb(): Promise<void> {
  try {
    await openDoor();
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    log(error.failure.message);
    if (error.failure.code === 'bad_request') log(`Usage: npm start -- --web ${FLAG_USAGE}`);
    process.exit(1);
  }
}
