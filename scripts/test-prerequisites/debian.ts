import { access } from 'node:fs/promises';
import { runCommand } from '../run-command.ts';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Whether packages may be installed here: only as root, on Debian or a child of it. */
export async function mayInstall(): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  return (await exists('/etc/debian_version')) && (await exists('/usr/bin/apt-get'));
}

/** Installs Debian packages, saying so first. The answer is null, or the reason why it did not work. */
export async function install(packages: readonly string[]): Promise<string | null> {
  console.log(`  installing for the tests (apt-get, as root on Debian): ${packages.join(' ')}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const update = await runCommand(['apt-get', 'update', '-q'], { env, timeoutSeconds: 120 });
  if (update.exitCode !== 0) return `apt-get update failed: ${tail(update.output)}`;
  const added = await runCommand(['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...packages], {
    env,
    timeoutSeconds: 300,
  });
  return added.exitCode === 0 ? null : `apt-get install failed: ${tail(added.output)}`;
}

function tail(output: string): string {
  return output.trim().split('\n').slice(-2).join(' ');
}
