export { renderStats } from './renders.ts';
