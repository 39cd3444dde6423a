import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { rememberResolutions } from './remember-resolutions.ts';

/** What every program of the pipeline does first, before it loads anything large. */
export function prepareProcess(): void {
  // Node 24 waits for ever at its exit for a function that V8 compiles beside and that needs room just then; in turn it cannot.
  setFlagsFromString('--no-concurrent-sparkplug');
  // Spares later starts most of the work of reading the sources; where nothing can be written it does nothing.
  enableCompileCache(path.join(import.meta.dirname, '..', '..', '.cache', 'compiled'));
  rememberResolutions();
}
