export { seedLarge } from './large/index.ts';
export { makeNewTenant } from './new-tenant.ts';
export { SAMPLE_PASSWORD, seedSample, type SampleUser } from './sample.ts';
