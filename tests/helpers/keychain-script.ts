import { createCredentials } from '../../main/credentials/index.ts';

/* Run inside a Secret Service of its own: what one opening of the keychain stores, another one finds. */

await createCredentials().set('model:t1:https://a.example', 'geheim-ü');
const later = createCredentials();
const found = await later.get('model:t1:https://a.example');
const other = await later.get('model:t2:https://a.example');
await later.delete('model:t1:https://a.example');
const deleted = await later.get('model:t1:https://a.example');
const { available } = await later.state();
process.stdout.write(`${JSON.stringify({ available, found, other, deleted })}\n`);
