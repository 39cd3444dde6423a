import { startSetupCode } from './setup-code.ts';

/* `npm run setup-code`. */
process.exitCode = await startSetupCode();
