export type { Upload } from './decode.ts';
export { planImport } from './plan-import.ts';
