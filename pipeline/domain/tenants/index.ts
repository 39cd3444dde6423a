export { planConfig, readConfig, tenantTimeZone } from './config.ts';
export { DEFAULT_CONFIG } from './defaults.ts';
