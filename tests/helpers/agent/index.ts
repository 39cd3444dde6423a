export { freeMeter, memoryStore, type MemoryStore } from './memory-store.ts';
export { moved, pipelineDouble, type PipelineDouble, type Sent } from './pipeline-double.ts';
export { callLine, obedientModel } from './obedient-model.ts';
export { sampleCall, sampleMessage, sampleOrder, sampleTurn } from './sample-turn.ts';
export { scriptedModel, type ScriptedModel } from './scripted-model.ts';
export {
  broken,
  delta,
  frameText,
  refusal,
  sse,
  startWireServer,
  usageFrame,
  type WireAnswer,
  type WireRequest,
  type WireServer,
} from './wire-server.ts';
export { recordedWaits } from './recorded-waits.ts';
export { readingContext, type ReadingContext } from './tool-context.ts';
export { turnParts, type TurnParts } from './turn-deps.ts';
export { brokenWireRule } from './wire-rules.ts';
export { workday } from './workday.ts';
