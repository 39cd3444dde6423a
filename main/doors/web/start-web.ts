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
    const sentence = sentenceOf(error);
    if (sentence === undefined) throw error;
    log(sentence);
    if (error instanceof FailureError && error.failure.code === 'bad_request')
      log(`Usage: npm start -- --web ${FLAG_USAGE}`);
    process.exit(1);
  }
}

/** What a person reads where the machine refuses: a failure's own sentence, or the system's by its code. */
function sentenceOf(error: unknown): string | undefined {
  if (error instanceof FailureError) return error.failure.message;
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const where = 'path' in error ? String(error.path) : '';
  switch (error.code) {
    case 'EADDRINUSE':
      return 'Another program uses this port. Give another one with --port, or leave it out.';
    case 'EEXIST':
    case 'ENOTDIR':
      return `${where} is a file. Give a folder with --data.`;
    case 'ENOENT':
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `Nothing can be written to ${where}. Give another folder with --data.`;
    case 'ENOSPC':
      return 'The disk is full. Make room and start again.';
    default:
      return undefined;
  }
}
