export { createQueryRunner, type QueryRunner } from './runner.ts';
export { describeViews } from './views.ts';
