export { aiState } from './ai-state.ts';
export { createOfflineModel, type OfflineModel } from './offline-model.ts';
export { createModelMemory, type ModelMemory } from './model-memory.ts';
export { resolveModel, type ModelQuestion } from './resolve-model.ts';
export { noModel, testModel } from './test-model.ts';
export { makeSetupCode, readSetupCode, type Setup } from './setup-code.ts';
