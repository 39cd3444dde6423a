import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { runCommand } from '../../scripts/run-command.ts';

const guard = pathToFileURL(resolve(import.meta.dirname, '../../scripts/node-24.mjs')).href;

/** Runs a program behind the guard, on a Node that says it is this version. */
function onNode(version: string) {
  const pretend = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`;
  return runCommand(['node', '--import', pretend, '--import', guard, '--eval', 'console.log("started")']);
}

it('an older Node is told which one is needed, and nothing runs', async () => {
  const { exitCode, output } = await onNode('22.11.0');
  expect(exitCode).toBe(1);
  expect(output).toContain('Renderdesk needs Node 24 or newer; this is Node 22.11.0.');
  expect(output).not.toContain('started');
});

it('the right one passes', async () => {
  expect(await onNode('24.0.0')).toMatchObject({ exitCode: 0, output: 'started\n' });
});
