import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/* `npm start -- --web`. What is imported from here on is read from the compiled copies of an earlier start. */
enableCompileCache(join(import.meta.dirname, '..', '..', '..', '.cache', 'compiled'));

const { startWeb } = await import('./start-web.ts');
await startWeb();
