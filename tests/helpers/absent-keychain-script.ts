import { createCredentials } from '../../main/credentials/index.ts';

/* Run where no Secret Service can keep anything: what is stored lives for this run, and the desk says so. */

const account = 'model:t1:https://a.example';
const credentials = createCredentials();
await credentials.set(account, 'geheim');
const found = await credentials.get(account);
const { available, message } = await credentials.state();
const later = await createCredentials().get(account);
process.stdout.write(`${JSON.stringify({ available, message, found, later })}\n`);
