import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

/* Node 24 waits for ever at its exit for a function that V8 compiles beside and that needs room just then; in turn it cannot. */
setFlagsFromString('--no-concurrent-sparkplug');

/* `npm run ask -- "text"`. What is imported from here on is read from the compiled copies of an earlier start. */
enableCompileCache(join(import.meta.dirname, '..', '..', '..', '.cache', 'compiled'));

const { startAsk } = await import('./start-ask.ts');
process.exitCode = await startAsk();
