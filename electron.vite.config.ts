import { join } from 'node:path';
import { defineConfig } from 'electron-vite';
import rendererConfig from './renderer/vite.config.ts';
import { relativeUrls } from './scripts/build/relative-urls.ts';

const root = import.meta.dirname;
/** Elsewhere only for the test of the build, which must not disturb a desk that is being served from `out`. */
const outDir = join(root, process.env['RENDERDESK_BUILD_DIR'] ?? 'out');

/** The programs that run on Node inside Electron: the shell with its desk, and the services it starts. */
const programs = {
  'main/index': 'main/index.ts',
  'main/service-host': 'main/shell/service-host.ts',
  'pipeline/index': 'pipeline/index.ts',
  'offline-model/index': 'offline-model/index.ts',
};

/**
 * Builds the Electron application into `out/`: `main`, `pipeline` and `offline-model` as ES modules that load their dependencies
 * from node_modules, `preload` as the single CommonJS file that a sandboxed window can load, and `renderer`.
 */
export default defineConfig({
  main: {
    plugins: [relativeUrls({ root, outDir, owns: ['main', 'pipeline', 'offline-model', 'chunks'] })],
    build: {
      outDir,
      emptyOutDir: false,
      // All `dependencies` stay outside by themselves; an optional one has to be named.
      externalizeDeps: { include: ['keytar'] },
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(programs).map(([name, file]) => [name, join(root, file)])),
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: join(outDir, 'preload'),
      externalizeDeps: false,
      rolldownOptions: {
        input: join(root, 'preload/index.ts'),
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    ...rendererConfig,
    // electron-vite bundles this file, so that `import.meta.dirname` of the renderer's configuration names this folder.
    root: join(root, 'renderer'),
    build: {
      ...rendererConfig.build,
      outDir: join(outDir, 'renderer'),
      rolldownOptions: { input: join(root, 'renderer/index.html') },
    },
  },
});
