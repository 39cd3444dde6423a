import { ok, type Result } from '../../shared/errors/index.ts';
import type { DeskFigures } from '../agent/index.ts';
import type { PipelineReads } from '../pipeline/index.ts';
import { within } from './within.ts';

/** Figures of this age are read anew behind the answer that still gets them. */
const STALE_MS = 5_000;
/** Older ones are not told any more. */
const OLD_MS = 60_000;
/** No question waits longer for them. */
const PATIENCE_MS = 100;

/** How the company's orders and renders stand. */
export interface FiguresReader {
  /** What is known, at most a minute old; null where it could not be read in time. */
  now(): Promise<DeskFigures | null>;
}

/** Reads the figures at most every few seconds, however many turns want them. */
export function figuresReader(read: PipelineReads, log: (line: string) => void): FiguresReader {
  let known: DeskFigures | null = null;
  let reading: Promise<DeskFigures | null> | null = null;

  const readAnew = async (): Promise<DeskFigures | null> => {
    const figures = await readFigures(read);
    reading = null;
    if (figures.ok) known = figures.value;
    else log(`figures for the assistant not read: ${figures.failure.message}`);
    return figures.ok ? figures.value : null;
  };

  return {
    now: async () => {
      const age = known === null ? Infinity : Date.now() - Date.parse(known.at);
      if (age > STALE_MS) reading ??= readAnew();
      return age <= OLD_MS || reading === null ? known : within(PATIENCE_MS, reading, () => null);
    },
  };
}

async function readFigures(read: PipelineReads): Promise<Result<DeskFigures>> {
  const at = new Date().toISOString();
  const totalOf = (status: string) => read.orders({ status, limit: 1 });
  const [draft, queued, running, stats] = await Promise.all([
    totalOf('draft'),
    totalOf('queued'),
    totalOf('running'),
    read.renderStats({ period: 'today' }),
  ]);
  if (!draft.ok) return draft;
  if (!queued.ok) return queued;
  if (!running.ok) return running;
  if (!stats.ok) return stats;
  const orders = { draft: draft.value.total, queued: queued.value.total, running: running.value.total };
  const { queue, failed } = stats.value;
  return ok({ at, orders, renders: { queued: queue.length, running: queue.running }, failed_today: failed });
}
