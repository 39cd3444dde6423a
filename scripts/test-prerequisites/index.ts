import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../root.ts';
import { runCommand } from '../run-command.ts';
import { findBrowser, type BrowserSearch } from './browser.ts';
import { install, mayInstall } from './debian.ts';
import { serverSkipReason } from './postgres.ts';
import { keychainSkipReason, keytarProblem } from './keychain.ts';

const browserPackages = ['chromium', 'fonts-dejavu-core'];
const keychainPackages = ['libsecret-1-0', 'gnome-keyring', 'dbus', 'dbus-daemon'];
const serverPackages = ['postgresql'];
const keytarBuildPackages = ['libsecret-1-dev', 'build-essential', 'pkg-config', 'python3'];

/**
 * Looks for what the tests need beyond npm, installs it where that is allowed, and answers with the environment that
 * tells the tests what was found (tests/README.md names the variables).
 */
export async function prepareTestEnvironment(): Promise<Record<string, string>> {
  let browser = await findBrowser();
  let keychain = await keychainSkipReason();
  let server = await serverSkipReason();
  const wanted = [
    ...('reason' in browser ? browserPackages : []),
    ...(keychain === null ? [] : keychainPackages),
    ...(server === null ? [] : serverPackages),
    ...((await keytarProblem()) === null ? [] : keytarBuildPackages),
  ];
  if (wanted.length > 0 && process.platform === 'linux') {
    const problem = (await mayInstall()) ? await install(wanted) : 'installing packages is only done as root on Debian';
    if (problem !== null) console.log(`  not installed: ${wanted.join(' ')} (${problem})`);
    if (problem === null && (await keytarProblem()) !== null) await buildKeytar();
    if ('reason' in browser) browser = await findBrowser();
    keychain = await keychainSkipReason();
    server = await serverSkipReason();
  }
  tell(browser, keychain);
  console.log(server === null ? '  a PostgreSQL server for the tests' : `  no PostgreSQL server: ${server}`);
  return {
    ...('path' in browser
      ? { RENDERDESK_TEST_BROWSER: browser.path }
      : { RENDERDESK_TEST_BROWSER_MISSING: browser.reason }),
    ...(keychain === null ? {} : { RENDERDESK_TEST_KEYCHAIN_MISSING: keychain }),
    ...(server === null ? {} : { RENDERDESK_TEST_SERVER_MISSING: server }),
  };
}

function tell(browser: BrowserSearch, keychain: string | null): void {
  console.log('path' in browser ? `  browser: ${browser.path} (${browser.from})` : `  no browser: ${browser.reason}`);
  console.log(keychain === null ? '  keychain: a Secret Service for the tests' : `  no keychain: ${keychain}`);
}

/**
 * npm drops the optional keytar where libsecret's headers were missing at install time. With them there now, it is
 * built at its locked version, without touching package.json or the lock.
 */
async function buildKeytar(): Promise<void> {
  const present = await access(join(root, 'node_modules/keytar')).then(
    () => true,
    () => false,
  );
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    optionalDependencies: { keytar: string };
  };
  const version = manifest.optionalDependencies.keytar;
  const command = present
    ? ['npm', 'rebuild', 'keytar', '--foreground-scripts']
    : ['npm', 'install', '--no-save', '--no-audit', '--no-fund', `keytar@${version}`];
  console.log(`  building keytar ${version}: ${command.join(' ')}`);
  const { exitCode, output } = await runCommand(command, { timeoutSeconds: 180 });
  if (exitCode !== 0) console.log(`  keytar was not built:\n${output.trim().split('\n').slice(-5).join('\n')}`);
}
