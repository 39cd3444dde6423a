import { runDoor } from './start/run-door.ts';
import { ensureElectronBuild } from './start/electron-build.ts';
import { findDistribution } from './start/electron.ts';

/** `npm run package`: builds and packs with electron-builder; every flag is handed on (for example `-- --dir`). */
async function packageApplication(): Promise<number> {
  const distribution = await findDistribution();
  if (distribution === null) {
    return fail(
      'Electron\'s distribution is missing, so nothing can be packed: run "npx install-electron" where its release\n' +
        'site can be reached, or set ELECTRON_OVERRIDE_DIST_PATH to an unpacked distribution of the same version.',
    );
  }
  const problem = await ensureElectronBuild();
  if (problem !== null) return fail(problem);
  const config = ['--config', 'electron-builder.yml', `--config.electronDist=${distribution}`, '--publish', 'never'];
  return runDoor('electron-builder', [...config, ...process.argv.slice(2)]);
}

function fail(message: string): number {
  console.error(message);
  return 1;
}

process.exitCode = await packageApplication();
