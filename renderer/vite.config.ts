import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { UserConfig } from 'vite';

/**
 * Bundles the windows into `out/renderer`. Relative addresses, so that the same files are served at `/` by the browser
 * door and under Electron's own protocol; no inline script or style, for the content security policy allows none.
 */
const rendererConfig: UserConfig = {
  root: import.meta.dirname,
  base: './',
  plugins: [react(), tailwindcss()],
  build: {
    outDir: resolve(import.meta.dirname, '../out/renderer'),
    emptyOutDir: true,
    target: 'es2024',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    minify: true,
    // A data: font or image would be one more thing for the policy to allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
};

export default rendererConfig;
