export { openBoss, QUEUES } from './boss.ts';
export { giveBackOrphans } from './give-back.ts';
export { createRenderQueue } from './render-queue.ts';
export type { ProgressTick, RenderTools } from './run-render.ts';
export { startWorker, type Worker } from './worker.ts';
