export { defaultDataDir } from './data-dir.ts';
export { readFirstLine } from './first-line.ts';
export { launchNode } from './launch-node.ts';
export type { LaunchOptions, LaunchService, RunningService, ServiceName } from './service-types.ts';
export { startEmbeddedPipeline, type EmbeddedPipeline } from './start.ts';
