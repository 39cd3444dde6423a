import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';
import { runCommand } from '../../scripts/run-command.ts';
import type { SeenApplication } from '../helpers/electron/play-application.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const directory = `.cache/build-test-${process.pid}`;
const out = join(root, directory);
describe('the built application', () => {
  beforeAll(async () => {
    const built = await runCommand(['electron-vite', 'build'], {
      env: { RENDERDESK_BUILD_DIR: directory },
      timeoutSeconds: 50,
    });
    // A chunk may be called errors-….js; what must not be there is a complaint.
    expect(built.output).not.toMatch(/\berror\b/i);
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
