import { constants } from 'node:fs';
import { access } from 'node:fs/promises';

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

/** Shows a page the way the tests will; null when that works, else why not. */
async function startProblem(executablePath: string): Promise<string | null> {
  const { chromium } = await import('playwright');
  try {
    const browser = await chromium.launch({ executablePath, args: [...browserArguments], timeout: 20_000 });
    const page = await browser.newPage();
    await page.setContent('<p>alive</p>');
    await browser.close();
    return null;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
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
