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
  /** The way from any bundle to the root. */
  const fromBundle = slashed(relative(join(outDir, 'bundle'), root));
  return {
    name: 'renderdesk:relative-urls',
    async buildStart() {
      copies.clear();
      await Promise.all(owns.map((directory) => rm(join(outDir, directory), { recursive: true, force: true })));
    },
    transform(code, id) {
      if (!isOurs(root, id) || !code.includes('import.meta.url')) return null;
      return code.replace(FILE_URL, (_whole, _quote, address: string) => {
        const target = slashed(relative(root, join(dirname(id), address)));
        if (/\.ts$/.test(target)) {
          const fileName = `chunks/${target.replace(/\.ts$/, '').replaceAll('/', '-')}.js`;
          this.emitFile({ type: 'chunk', id: join(root, target), fileName });
          return `new URL('../${fileName}', import.meta.url)`;
        }
        const slash = address.endsWith('/') ? '/' : '';
        if (target.startsWith(PACKAGED)) return `new URL('${fromBundle}/${target}${slash}', import.meta.url)`;
        copies.add(target);
        return `new URL('../${target}${slash}', import.meta.url)`;
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
  return id.startsWith(`${slashed(root)}/`) && !id.includes('/node_modules/');
}

/** A path as in Vite's ids and in URLs, with forward slashes on Windows too. */
function slashed(path: string): string {
  return path.split(sep).join('/');
}
