export { completeDocument } from './document.ts';
export { failuresOf } from './failures.ts';
export type { OpenApiDocument } from './document.ts';
