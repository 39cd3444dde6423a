import type { Benchmark } from './benchmark.ts';
import { searchFigures } from './pipeline/search.ts';

export const benchmark: Benchmark = {
  what: 'product search at 1,000,000 products with the wall on, a committed mix of queries, p95',
  run: () => searchFigures(1_000_000, 30),
};
