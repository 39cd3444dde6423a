import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser } from 'playwright';
import { ensureRenderer } from '../scripts/start/renderer-build.ts';
import { browserArguments, findBrowser } from '../scripts/test-prerequisites/browser.ts';
import { startPipeline } from '../tests/helpers/pipeline.ts';
import { quantile, type Benchmark, type Figure } from './benchmark.ts';
import { timedStart, type StartTimes } from './desk/timed-start.ts';

const STARTS = 5;
const BAR_MS = 1000;

function median(times: readonly StartTimes[], of: (each: StartTimes) => number): number {
  return quantile(times.map(of), 0.5);
}

/** The median of the whole, and of its parts: those add up for each start, not for the medians. */
function figureOf(name: string, times: readonly StartTimes[]): Figure {
  const whole = median(times, ({ orders }) => orders);
  const own = times.every(({ pipeline }) => pipeline !== null);
  const pipeline = own ? [`its pipeline ${median(times, (each) => each.pipeline ?? 0).toFixed(0)}`] : [];
  const parts = [
    ...pipeline,
    `${own ? 'the desk after it' : 'the desk'} ${median(times, (each) => each.address - (each.pipeline ?? 0)).toFixed(0)}`,
    `the page's first byte ${median(times, (each) => each.page - each.address).toFixed(0)}`,
    `the first order in it ${median(times, (each) => each.orders - each.page).toFixed(0)}`,
  ];
  const value = `${whole.toFixed(0)} ms, median of ${times.length}: ${parts.join(', ')}`;
  return { name, value, bar: `${BAR_MS} ms`, held: whole <= BAR_MS };
}

async function measure(browser: Browser, data: string, isAttached: boolean): Promise<StartTimes[]> {
  const times: StartTimes[] = [];
  // The first one, after which compiled code and the files are at hand, does not count.
  for (let start = 0; start <= STARTS; start += 1) times.push(await timedStart(browser, data, isAttached));
  return times.slice(1);
}

async function figures(browser: Browser, data: string): Promise<Figure[]> {
  const args = ['--seed', 'sample', '--workers', '1', '--no-sample-images'];
  const pipeline = await startPipeline({ data, args });
  const attached = await measure(browser, data, true).finally(() => pipeline.stop());
  const alone = await measure(browser, data, false);
  const [whole, part] = [median(alone, ({ orders }) => orders), median(attached, ({ orders }) => orders)];
  const both = figureOf('with a pipeline of its own', alone);
  return [
    figureOf('beside a running pipeline', attached),
    { ...both, value: `${both.value} (x ${(whole / part).toFixed(2)} of beside a running one)` },
  ];
}

export const benchmark: Benchmark = {
  what: 'warm start of the desk on a kept data directory, from its process to the first order on the page of an open browser',
  run: async () => {
    const found = await findBrowser();
    if ('reason' in found) {
      console.log(`  no browser: ${found.reason}`);
      return [];
    }
    const build = await ensureRenderer();
    if ('problem' in build) throw new Error(build.problem);
    process.env['RENDERDESK_SAMPLE_IMAGES'] = 'off';
    const data = await mkdtemp(path.join(os.tmpdir(), 'rd-bench-'));
    const browser = await chromium.launch({ executablePath: found.path, args: [...browserArguments] });
    try {
      return await figures(browser, data);
    } finally {
      await browser.close();
      await rm(data, { recursive: true, force: true });
    }
  },
};
