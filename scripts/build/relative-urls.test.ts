import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relativeUrls } from './relative-urls.ts';

const sources = {
  'package.json': '{ "type": "module" }',
  'service/index.ts': `
    import { readdir, readFile } from 'node:fs/promises';
    import { Worker } from 'node:worker_threads';
    import { deep } from './deep/down.ts';
    const worker = new Worker(new URL('./deep/square-worker.ts', import.meta.url));
    const square = await new Promise((resolve) => worker.once('message', resolve));
    const names: string[] = await deep();
    const text: string = await readFile(new URL('../resources/hello.txt', import.meta.url), 'utf8');
    console.log(JSON.stringify({ square, names, text }));`,
  'service/deep/down.ts': `
    import { readdir } from 'node:fs/promises';
    const MIGRATIONS = new URL('../migrations/', import.meta.url);
    export const deep = () => readdir(MIGRATIONS);`,
  'service/deep/square-worker.ts': `
    import { parentPort } from 'node:worker_threads';
    const side: number = 12;
    parentPort?.postMessage(side * side);`,
  'service/migrations/0001.sql': 'SELECT 1;',
  'resources/hello.txt': 'hello',
  'out/main/stale.js': 'left from an earlier build',
  'out/renderer/index.html': 'built by another',
};

describe('relativeUrls', () => {
  let root: string;
  beforeAll(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'relative-urls-')));
    for (const [path, text] of Object.entries(sources)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    const outDir = join(root, 'out');
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      plugins: [relativeUrls({ root, outDir, owns: ['main', 'service', 'chunks'] })],
      build: {
        outDir,
        emptyOutDir: false,
        ssr: true,
        rolldownOptions: {
          input: { 'service/index': join(root, 'service/index.ts') },
          output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    });
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  it('keeps workers, copied files and packaged resources in reach of a bundle', () => {
    const printed = execFileSync(process.execPath, [join(root, 'out/service/index.js')], { encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual({ square: 144, names: ['0001.sql'], text: 'hello' });
  });

  it('empties what it owns and leaves the rest', () => {
    expect(existsSync(join(root, 'out/main/stale.js'))).toBe(false);
    expect(existsSync(join(root, 'out/renderer/index.html'))).toBe(true);
  });
});
