import { renderStatsSchema } from '../shared/domain/index.ts';
import { quantile, type Benchmark, type Figure } from './benchmark.ts';
import { openPipeline } from './pipeline/open-pipeline.ts';
import { repeat, spoken } from './pipeline/timing.ts';

const QUERIES: readonly [string, string, number][] = [
  ['this week by status', 'period=this_week&group_by=status', 200],
  ['last month by day', 'period=last_month&group_by=day', 500],
  ['everything by day', 'period=all&group_by=day', 5000],
];

export const benchmark: Benchmark = {
  what: 'statistics over 1,500,000 renders over HTTP, against counting them as the superuser, p95',
  run: async () => {
    const pipeline = await openPipeline({ products: 1_000_000 });
    try {
      const count = await repeat(3, () => pipeline.admin.query('SELECT count(*) FROM rd.renders'));
      const figures: Figure[] = [];
      for (const [name, query, bar] of QUERIES) {
        const taken = await repeat(5, () => pipeline.operator.read(renderStatsSchema, `/stats/renders?${query}`));
        const ratio = quantile(taken, 0.5) / quantile(count, 0.5);
        figures.push({
          name,
          value: `${spoken(taken)}, x ${ratio.toFixed(2)} of a plain count of all (${quantile(count, 0.5).toFixed(0)} ms)`,
          bar: `${bar} ms`,
          held: quantile(taken, 0.95) <= bar,
        });
      }
      return figures;
    } finally {
      await pipeline.stop();
    }
  },
};
