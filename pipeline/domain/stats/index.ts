export { spanOf, within } from './period.ts';
export { renderStats } from './renders.ts';
