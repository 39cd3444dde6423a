export { SAMPLE_PASSWORD, seedSample, type SampleUser } from './sample.ts';
