import { cp, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';

/** `new URL('./x', import.meta.url)`: how our sources name a file that lies beside them. */
const FILE_URL = /new URL\(\s*(['"])(\.{1,2}\/[^'"]*)\1\s*,\s*import\.meta\.url\s*\)/g;
/** Parts of the tree that go into the package as they are. */
const PACKAGED = 'resources/';

export interface RelativeUrlsOptions {
  root: string;
  /** Where the bundles go; every one of them lies exactly one directory below. */
  outDir: string;
  /** Directories below `outDir` that this build owns: emptied first. */
  owns: readonly string[];
}

/**
 * Keeps `new URL('./file', import.meta.url)` true in a bundle, where a source no longer lies where it was written: a
 * TypeScript file (a worker) becomes a bundle of its own, `resources/` is pointed at, anything else (migrations) is copied to
 * the same place below `out`.
 */
export function relativeUrls({ root, outDir, owns }: RelativeUrlsOptions): Plugin {
  const copies = new Set<string>();
  return {
    name: 'renderdesk:relative-urls',
    async buildStart() {
      copies.clear();
      await Promise.all(owns.map((directory) => rm(join(outDir, directory), { recursive: true, force: true })));
    },
    transform(code, id) {
      if (!isOurs(root, id) || !code.includes('import.meta.url')) return null;
      return code.replace(FILE_URL, (_whole, _quote, address: string) => {
        const target = relative(root, join(dirname(id), address))
          .split(sep)
          .join('/');
        if (/\.ts$/.test(target)) {
          const fileName = `chunks/${target.replace(/\.ts$/, '').replaceAll('/', '-')}.js`;
          this.emitFile({ type: 'chunk', id: join(root, target), fileName });
          return `new URL('../${fileName}', import.meta.url)`;
        }
        const packaged = target.startsWith(PACKAGED);
        if (!packaged) copies.add(target);
        const slash = address.endsWith('/') ? '/' : '';
        return `new URL('../${packaged ? '../' : ''}${target}${slash}', import.meta.url)`;
      });
    },
    async writeBundle() {
      for (const target of copies) {
        await cp(join(root, target), join(outDir, target), { recursive: true });
      }
    },
  };
}

function isOurs(root: string, id: string): boolean {
  // Vite's ids have forward slashes on Windows too.
  return id.startsWith(`${root.split(sep).join('/')}/`) && !id.includes('/node_modules/');
}
