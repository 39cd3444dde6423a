export { listWorkers } from './list.ts';
