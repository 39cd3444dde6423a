import { prepareProcess } from './server/prepare-process.ts';

prepareProcess();
// Only now: what is imported above would be loaded before.
const { runPipeline } = await import('./run-pipeline.ts');
await runPipeline(process.argv.slice(2));
