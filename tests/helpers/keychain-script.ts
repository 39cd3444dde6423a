import { execFileSync } from 'node:child_process';
import { createCredentials } from '../../main/credentials/index.ts';

/* Run inside a Secret Service of its own: what one opening of the keychain stores, another one finds, until it is locked. */

const account = 'model:t1:https://a.example';
const stored = createCredentials();
await stored.set(account, 'geheim-ü');
const later = createCredentials();
const found = await later.get(account);
const other = await later.get('model:t2:https://a.example');
await later.set(account, 'neu-🔑');
const replaced = await createCredentials().get(account);
await later.set('model:t2:https://a.example', 'weg damit');
await createCredentials().delete('model:t2:https://a.example');
const deleted = await createCredentials().get('model:t2:https://a.example');
const { available } = await later.state();

const lock = ['--dest=org.freedesktop.secrets', '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock'];
const collection = 'array:objpath:/org/freedesktop/secrets/collection/login';
execFileSync('dbus-send', ['--session', '--print-reply', ...lock, collection], { stdio: 'ignore' });
const closed = createCredentials();
const whileLocked = await closed.get(account);
await closed.set(account, 'nur für jetzt');
const keptForNow = await closed.get(account);
const lockedState = await closed.state();

process.stdout.write(
  `${JSON.stringify({ available, found, other, replaced, deleted, whileLocked, keptForNow, atTheEnd: lockedState })}\n`,
);
