export { aiState } from './ai-state.ts';
export { createOfflineModel, type OfflineModel } from './offline-model.ts';
export { resolveModel, type ModelQuestion } from './resolve-model.ts';
