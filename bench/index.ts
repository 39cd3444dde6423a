import { glob } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Benchmark } from './benchmark.ts';

/** `npm run bench [name…]`: runs the benchmarks whose name contains one of the words, or all of them. */
async function runBenchmarks(words: readonly string[]): Promise<number> {
  const files: string[] = [];
  for await (const file of glob('*.bench.ts', { cwd: import.meta.dirname })) files.push(file);
  const chosen = files.sort().filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
  if (chosen.length === 0) {
    console.error(
      `no benchmark of that name; there are: ${files.map((file) => basename(file, '.bench.ts')).join(', ')}`,
    );
    return 1;
  }
  let missed = 0;
  for (const file of chosen) missed += await runOne(file);
  return missed === 0 ? 0 : 1;
}

async function runOne(file: string): Promise<number> {
  const { benchmark } = (await import(`./${file}`)) as { benchmark: Benchmark };
  console.log(`\n${basename(file, '.bench.ts')}: ${benchmark.what}`);
  const figures = await benchmark.run();
  for (const { name, value, bar, held } of figures) {
    console.log(`  ${held ? 'held  ' : 'MISSED'}  ${name}: ${value} (bar: ${bar})`);
  }
  return figures.filter(({ held }) => !held).length;
}

process.exitCode = await runBenchmarks(process.argv.slice(2));
