import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/* `npm run ask -- "text"`. What is imported from here on is read from the compiled copies of an earlier start. */
enableCompileCache(join(import.meta.dirname, '..', '..', '..', '.cache', 'compiled'));

const { startAsk } = await import('./start-ask.ts');
process.exitCode = await startAsk();
