export { planConfig, readConfig, tenantTimeZone } from './config.ts';
