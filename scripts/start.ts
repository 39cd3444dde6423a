import { ensureRenderer } from './start/renderer-build.ts';
import { findElectron } from './start/electron.ts';
import { ensureElectronBuild } from './start/electron-build.ts';
import { readStartFlags, usage } from './start/flags.ts';
import { runDoor } from './start/run-door.ts';

async function start(): Promise<number> {
  const flags = readStartFlags(process.argv.slice(2));
  if (flags.kind === 'help') return say(usage, 0);
  if (flags.kind === 'wrong') return say(`${flags.message}\n\n${usage}`, 1);
  const electron = flags.web ? { reason: 'asked for by --web' } : await findElectron();
  if ('path' in electron) {
    const problem = await ensureElectronBuild();
    if (problem !== null) return say(problem, 1);
    console.log('starting the desk in its Electron window');
    return runDoor(electron.path, ['.', ...flags.forDoor]);
  }
  const build = await ensureRenderer();
  if ('problem' in build) return say(build.problem, 1);
  console.log(`starting the desk in the browser: ${electron.reason}`);
  return runDoor(process.execPath, ['main/doors/web/index.ts', ...flags.forDoor]);
}

function say(text: string, exitCode: number): number {
  if (exitCode === 0) console.log(text);
  else console.error(text);
  return exitCode;
}

process.exitCode = await start();
