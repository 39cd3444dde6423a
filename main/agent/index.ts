export { chatToolCall, pendingApproval } from './chat-view.ts';
export { createEntry, moveEntry, newEntry, pastCalls } from './journal.ts';
export { createModel, type ModelOptions } from './model-client.ts';
export type { ModelPatience } from './limits.ts';
export { NO_TRAITS, OPTIONAL_PARTS, type ModelTraits, type TraitsMemory } from './model-traits.ts';
export type { AskModel, ModelAnswer, ModelMessage, ModelTarget, ModelTool } from './model-types.ts';
export { prepareCall } from './parse-tool-call.ts';
export { advanceCall } from './run-calls.ts';
export { ask, finish, type AdvanceDeps } from './run-change.ts';
export { runTurn, type LoopEnd } from './run-loop.ts';
export { NOT_DONE } from './tool-result.ts';
export { toolsOf, type Navigation } from './tools/index.ts';
export type {
  DeskFigures,
  OpenThing,
  Situation,
  TokenMeter,
  TokenReservation,
  Turn,
  TurnContext,
  TurnDeps,
  TurnNotice,
  TurnStore,
} from './turn-types.ts';
