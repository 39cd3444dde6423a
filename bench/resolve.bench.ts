import { resolveAnswerSchema } from '../shared/domain/index.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { openPipeline, type BenchPipeline } from './pipeline/open-pipeline.ts';
import { millisecondsOf } from './pipeline/timing.ts';

const REFERENCES = 100_000;
const BAR_MS = 3000;
const UNKNOWN_BAR_MS = 30_000;
/** Others wait at most so long while the matching goes on. */
const BLOCKED_BAR_MS = 50;

/** 90 % exact or punctuated otherwise, 8 % with a typo, 2 % unknown; always the same ones. */
function referencesOf(pimIds: readonly string[]): string[] {
  return Array.from({ length: REFERENCES }, (_, n) => {
    const pimId = pimIds[(n * 7919) % pimIds.length] ?? '';
    if (n % 50 === 0) return `Unbekannt ${n}`;
    if (n % 25 < 2) return `${pimId.slice(0, 4)}${pimId.slice(5)}x`;
    return [pimId, pimId.toLowerCase(), pimId.replaceAll('-', ' ')][n % 3] ?? pimId;
  });
}

async function measure(pipeline: BenchPipeline, name: string, references: readonly string[], bar: number) {
  await pipeline.probe();
  let counts = '';
  const took = await millisecondsOf(async () => {
    const answer = await pipeline.operator.change(resolveAnswerSchema, 'POST', '/products/resolve', { references });
    counts = JSON.stringify(answer.counts);
  });
  const { blockedMs, mostMegabytes } = await pipeline.probe();
  const figures: Figure[] = [
    {
      name,
      value: `${(took / 1000).toFixed(2)} s ${counts}, ${mostMegabytes.toFixed(0)} MB at most`,
      bar: `${bar / 1000} s`,
      held: took <= bar,
    },
    {
      name: `${name}: event loop blocked at most`,
      value: `${blockedMs.toFixed(0)} ms`,
      bar: `${BLOCKED_BAR_MS} ms`,
      held: blockedMs <= BLOCKED_BAR_MS,
    },
  ];
  return { figures, took };
}

export const benchmark: Benchmark = {
  what: 'resolve of 100,000 references against 100,000 products',
  run: async () => {
    const pipeline = await openPipeline({ products: 100_000 });
    try {
      const products = await pipeline.admin.query<{ pim_id: string }>(
        "SELECT pim_id FROM rd.products p JOIN rd.tenants t ON t.id = p.tenant_id WHERE t.name LIKE 'Kugelwerk%' ORDER BY p.id",
      );
      const pimIds = products.rows.map((row) => row.pim_id);
      const exact = await measure(pipeline, 'all exact', pimIds.slice(0, REFERENCES), BAR_MS);
      const mixed = await measure(pipeline, '90 % exact, 8 % typos, 2 % unknown', referencesOf(pimIds), BAR_MS);
      const strangers = Array.from({ length: REFERENCES }, (_, n) => `QX-${n * 31}-ZZ`);
      const unknown = await measure(pipeline, 'all unknown', strangers, UNKNOWN_BAR_MS);
      console.log(`  typos and unknown ones cost x ${(mixed.took / exact.took).toFixed(2)} of all exact`);
      return [...exact.figures, ...mixed.figures, ...unknown.figures];
    } finally {
      await pipeline.stop();
    }
  },
};
