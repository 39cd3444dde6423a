import { constants } from 'node:fs';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';

/** A browser that starts, or the reason why there is none. */
export type BrowserSearch = { readonly path: string; readonly from: string } | { readonly reason: string };

interface Candidate {
  readonly from: string;
  readonly find: () => Promise<string | undefined>;
}

/** What Chromium needs to run as root, without a GPU and without reaching for the network. */
export const browserArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const candidates: readonly Candidate[] = [
  { from: 'CHROMIUM_PATH', find: () => Promise.resolve(process.env.CHROMIUM_PATH) },
  ...systemPaths.map((path) => ({ from: 'the system', find: () => Promise.resolve(path) })),
  { from: 'Playwright', find: async () => (await import('playwright')).chromium.executablePath() },
  { from: 'the npm package @sparticuz/chromium', find: unpackedFromNpm },
];

/**
 * The first browser that really answers: the system's, Playwright's own, or the one inside an npm package.
 * Installs nothing.
 */
export async function findBrowser(): Promise<BrowserSearch> {
  const tried: string[] = [];
  for (const { from, find } of candidates) {
    const path = await find();
    if (path === undefined || !(await isExecutable(path))) continue;
    const problem = await startProblem(path);
    if (problem === null) return { path, from };
    tried.push(`${path} does not start: ${problem}`);
  }
  return { reason: tried.length > 0 ? tried.join('; ') : 'no Chromium or Chrome found' };
}

/** Loads a page in a profile of its own; null when the browser shows it, else the last thing it said. */
async function startProblem(path: string): Promise<string | null> {
  const profile = await mkdtemp(join(tmpdir(), 'renderdesk-browser-'));
  const { exitCode, output } = await runCommand(
    [
      path,
      ...browserArguments,
      '--headless',
      `--user-data-dir=${profile}`,
      '--dump-dom',
      'data:text/html,<p>alive</p>',
    ],
    { timeoutSeconds: 30 },
  );
  await rm(profile, { recursive: true, force: true });
  return exitCode === 0 && output.includes('alive') ? null : lastLine(output);
}

async function unpackedFromNpm(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const { default: chromium } = await import('@sparticuz/chromium');
  return chromium.executablePath();
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}
