import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { END_STDIN } from './end-stdin.ts';

/*
 * Runs one of our services inside Electron's utility process. A service is a plain Node program that takes the end of its
 * stdin as "the desk is gone"; a utility process has no stdin, so this gives it one that ends with the message END_STDIN.
 */

const [node = process.execPath, , service, ...args] = process.argv;
if (service === undefined) throw new Error('service-host needs the path of a service.');

const stdin = new PassThrough();
Object.defineProperty(process, 'stdin', { value: stdin, configurable: true });
process.argv = [node, service, ...args];
process.parentPort.on('message', ({ data }) => {
  if (data === END_STDIN) stdin.end();
});

await import(pathToFileURL(service).href);
