import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright';
import { startDesk } from '../../tests/helpers/desk.ts';

/** Milliseconds since the desk's process was started. */
export interface StartTimes {
  /** Its own pipeline took requests; null where one ran already. */
  readonly pipeline: number | null;
  /** It printed its address. */
  readonly address: number;
  /** The page was there, with nothing in it yet. */
  readonly page: number;
  /** The first order could be read. */
  readonly orders: number;
}

/**
 * Starts the desk on a data directory and opens it in a browser that stands open already, as far as the first order can be
 * seen; then stops it.
 */
export async function timedStart(browser: Browser, data: string, isAttached: boolean): Promise<StartTimes> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 850 } });
  const page = await context.newPage();
  const started = performance.now();
  const since = (): number => performance.now() - started;
  const announced = isAttached ? Promise.resolve(null) : appears(join(data, 'run.json')).then(since);
  const desk = await startDesk({ data });
  try {
    const address = since();
    await page.goto(desk.url, { waitUntil: 'commit' });
    const shown = since();
    await page
      .locator('main')
      .getByText(/SA-\d{4}-\d{5}/)
      .first()
      .waitFor({ state: 'visible' });
    return { pipeline: await announced, address, page: shown, orders: since() };
  } finally {
    await context.close();
    await desk.stop();
    if (!isAttached) await disappears(join(data, 'run.json'));
  }
}

const LOOK_MS = 5;
const GIVE_UP_MS = 60_000;

async function appears(file: string): Promise<void> {
  await until(async () => await exists(file), `${file} does not appear.`);
}

/** The desk's own pipeline ends after it, and gives the directory back. */
async function disappears(file: string): Promise<void> {
  await until(async () => !(await exists(file)), `${file} does not go away.`);
}

async function until(holds: () => Promise<boolean>, otherwise: string): Promise<void> {
  const end = performance.now() + GIVE_UP_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(otherwise);
    await wait(LOOK_MS);
  }
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
