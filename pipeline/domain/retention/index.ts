export { createSweeper, sweepTenant, type Sweeper } from './retention.ts';
