export { checkAddress } from './address.ts';
export {
  changeOfAction,
  changes,
  newEffectOf,
  type OverrideAnswer,
  type PipelineChange,
  type SendChange,
} from './changes.ts';
export type { ChatRoutes } from './chat-routes.ts';
export { createPipelineClient, type PipelineClient } from './client.ts';
export type { EventStream } from './events.ts';
export type { Lost, PipelineBytes, Recover } from './http.ts';
export type { PipelineReads, StatsQuery } from './reads.ts';
