import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from '../root.ts';
import { buildFiles } from './build.ts';

/** `node scripts/catalogue/index.ts` writes resources/catalogue/*.json and resources/examples/. */
for (const [path, content] of buildFiles()) {
  const target = join(root, 'resources', path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, content);
  console.log(`resources/${path}  ${String(Buffer.byteLength(content))} bytes`);
}
