import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../root.ts';

const limit = 400;
const ownFiles = [
  '*.{ts,js}',
  '{shared,main,preload,renderer,pipeline,offline-model,scripts,tests,bench}/**/*.{ts,tsx,js,mjs,cjs,css,html,sql}',
];
const generated = /^pipeline\/db\/migrations\//;

interface Size {
  readonly path: string;
  readonly lines: number;
}

/** Every source file of ours with its length in lines, longest first. */
async function sizes(): Promise<Size[]> {
  const files: Size[] = [];
  for await (const path of glob(ownFiles, { cwd: root, exclude: ['**/node_modules/**'] })) {
    if (generated.test(path)) continue;
    const text = await readFile(join(root, path), 'utf8');
    files.push({ path, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0) });
  }
  return files.sort((a, b) => b.lines - a.lines);
}

/** Prints median and maximum file length; exit code 1 when a file is over the limit. */
async function report(): Promise<number> {
  const files = await sizes();
  const median = files[Math.floor(files.length / 2)]?.lines ?? 0;
  const [longest] = files;
  console.log(
    `${files.length} files, median ${median} lines, longest ${longest?.lines ?? 0} (${longest?.path ?? 'none'})`,
  );
  const tooLong = files.filter(({ lines }) => lines > limit);
  for (const { path, lines } of tooLong) console.error(`${path}: ${lines} lines, over ${limit}`);
  return tooLong.length > 0 ? 1 : 0;
}

process.exitCode = await report();
