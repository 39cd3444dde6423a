import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SERVICE_MESSAGES } from '../../main/shell/service-messages.ts';
import { root } from '../../scripts/root.ts';
import { runCommand } from '../../scripts/run-command.ts';
import type { SeenApplication } from '../helpers/electron/play-application.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const directory = `.cache/build-test-${process.pid}`;
const out = join(root, directory);
const parentPort = new URL('../helpers/electron/parent-port.ts', import.meta.url).href;

/** A built service behind the built service host, as Electron's utility process would run it. */
function startService(service: string, args: string[]): { child: ChildProcess; firstLine: Promise<string> } {
  const host = [join(out, 'main/service-host.js'), join(out, service), ...args];
  const child = spawn(process.execPath, ['--import', parentPort, ...host], {
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  });
  const firstLine = new Promise<string>((resolve, reject) => {
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`${service} ended with ${code}`)));
  });
  return { child, firstLine };
}

async function endService(child: ChildProcess): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  child.send(SERVICE_MESSAGES.stop);
  return await ended;
}

describe('the built application', () => {
  beforeAll(async () => {
    const built = await runCommand(['electron-vite', 'build'], {
      env: { RENDERDESK_BUILD_DIR: directory },
      timeoutSeconds: 50,
    });
    expect(built.output).not.toContain('error');
    expect(built.exitCode, built.output).toBe(0);
  }, 60_000);
  afterAll(() => rm(out, { recursive: true, force: true }));

  it('has a preload script that a sandbox can load: one file that requires electron and nothing else', async () => {
    const preload = await readFile(join(out, 'preload/index.cjs'), 'utf8');
    expect([...preload.matchAll(/require\(([^)]*)\)/g)].map((found) => found[1])).toEqual(['"electron"']);
    expect(preload).not.toMatch(/^\s*(import|export) /m);
  });

  it('has a page without inline scripts or styles, which its policy would refuse', async () => {
    const page = await readFile(join(out, 'renderer/index.html'), 'utf8');
    expect(page).toContain('<head>');
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=/);
  });

  it('holds the desk apart from the entry, so that a window need not wait for it', async () => {
    const entry = await readFile(join(out, 'main/index.js'), 'utf8');
    expect(entry).toMatch(/import\("\.\.\/chunks\/desk-[\w-]+\.js"\)/);
    expect(entry).not.toMatch(/from "(openai|axios|pg|fastify)"/);
  });

  it('runs the offline model, and stops it', async () => {
    const { child, firstLine } = startService('offline-model/index.js', ['--port', '0', '--exit-with-parent']);
    expect(await firstLine).toMatch(/^offline model listening on http:\/\/127\.0\.0\.1:\d+/);
    expect(await endService(child)).toBe(0);
  });

  it('runs the pipeline with its migrations and the sample catalogue, and stops it', async () => {
    const data = await temporaryDirectory();
    const args = ['--port', '0', '--data', data.path, '--seed', 'sample', '--exit-with-parent'];
    const { child, firstLine } = startService('pipeline/index.js', args);
    expect(await firstLine).toMatch(/^pipeline listening on http:\/\/127\.0\.0\.1:\d+/);
    expect(await endService(child)).toBe(0);
    await data.remove();
  }, 60_000);

  it('works as a whole: window, desk, services, a turn and an image', async () => {
    const data = await temporaryDirectory();
    const person = join(root, 'tests/helpers/electron/play-application.ts');
    const { exitCode, output } = await runCommand([process.execPath, person, out, data.path], { timeoutSeconds: 110 });
    await data.remove();
    expect(exitCode, output).toBe(0);
    const seen = JSON.parse(output.trim().split('\n').at(-1) ?? '') as SeenApplication;
    expect(seen).toMatchObject({
      signedInAs: 'operator@kugelwerk.example',
      ai: { state: 'ready', offline: true },
      page: 200,
      image: { status: 200, type: 'image/webp' },
      turn: { status: 'done' },
    });
    expect(seen.turn.answer).toContain('SA-2026-');
    expect(seen.image.bytes).toBeGreaterThan(200);
    expect(seen.pushes).toEqual(expect.arrayContaining(['pipeline.event', 'turn.event']));
  }, 120_000);
});
