export { SAMPLE_PASSWORD, seedSample } from './sample.ts';
