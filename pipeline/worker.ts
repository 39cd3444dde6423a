import { prepareProcess } from './server/prepare-process.ts';

prepareProcess();
// Only now: what is imported above would be loaded before.
const { runWorker } = await import('./run-worker.ts');
await runWorker(process.argv.slice(2));
