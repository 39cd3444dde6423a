export { openBoss, QUEUES } from './boss.ts';
export { giveBackOrphans } from './give-back.ts';
export { readProgress } from './progress.ts';
export { createRenderQueue } from './render-queue.ts';
export { startWorker, type Worker } from './worker.ts';
