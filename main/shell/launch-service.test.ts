import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FailureError } from '../../shared/errors/index.ts';
import { temporaryDirectory } from '../../tests/helpers/temporary-directory.ts';
import type { LaunchService } from '../desk-types.ts';
import { createServiceLauncher } from './launch-service.ts';

vi.mock('electron', async () => (await import('../../tests/helpers/electron/index.ts')).createElectron());

/** Speaks as a service of ours does: one line, then work until it is stopped or its stdin ends. */
const SERVICE = `
  const end = (word, code) => process.stdout.write(word + '\\n', () => process.exit(code));
  process.stdout.write('service listening on ' + process.argv.slice(2).join(' ') + ' ' + process.env.GREETING + '\\n');
  process.stdout.write('a later line\\n');
  process.stderr.write('a warning\\n');
  process.once('SIGTERM', () => end('stopped', 4));
  process.stdin.once('close', () => end('the desk is gone', 3));
  process.stdin.resume();`;
const SILENT = `setInterval(() => {}, 1000);`;
const BROKEN = `throw new Error('the port is taken');`;

const serviceHost = join(import.meta.dirname, 'service-host.ts');
let data: Awaited<ReturnType<typeof temporaryDirectory>>;
let logFile: string;
beforeAll(async () => {
  data = await temporaryDirectory();
  logFile = join(data.path, 'logs', 'service.log');
});
afterAll(() => data.remove());

async function launcher(source: string): Promise<LaunchService> {
  const file = join(data.path, `service-${Math.random().toString(36).slice(2)}.mjs`);
  await writeFile(file, source);
  return createServiceLauncher({ serviceHost, services: { pipeline: file, 'offline-model': file } });
}

describe('a service', () => {
  it('tells its first line, logs the rest, and ends when it is asked to', async () => {
    const launch = await launcher(SERVICE);
    const service = await launch('pipeline', ['--port', '0'], {
      logFile,
      env: { GREETING: 'hello' },
      timeoutMs: 10_000,
    });
    expect(service.firstLine).toBe('service listening on --port 0 hello');
    expect(() => process.kill(service.pid, 0)).not.toThrow();
    const asked = performance.now();
    await service.stop();
    // It was asked, and not only made to when its time was over.
    expect(performance.now() - asked).toBeLessThan(8000);
    expect(await service.exited).toBe(4);
    const log = readFileSync(logFile, 'utf8');
    expect(log).toContain('a later line');
    expect(log).toContain('a warning');
    expect(log).toContain('stopped');
    expect(log).not.toContain('listening');
  });

  it('hears that it was let go of', async () => {
    const launch = await launcher(SERVICE);
    const service = await launch('pipeline', [], { logFile, timeoutMs: 10_000 });
    service.release();
    expect(await service.exited).toBe(3);
  });

  it.each([
    ['says nothing in time', SILENT, 400],
    ['ends before it said anything', BROKEN, 10_000],
  ])('that %s is a failure that names its log', async (_what, source, timeoutMs) => {
    const launch = await launcher(source);
    const started = launch('offline-model', [], { logFile, timeoutMs });
    await expect(started).rejects.toBeInstanceOf(FailureError);
    await expect(started).rejects.toMatchObject({ failure: { code: 'unavailable' } });
    await expect(started).rejects.toThrow(logFile);
  });

  it('finds PostgreSQL outside the archive that nothing can be started from', async () => {
    const files = {
      'app.asar/out/pipeline/index.mjs': `
        import { place } from '@embedded-postgres/here';
        process.stdout.write(place + '\\n', () => process.exit(0));`,
      'app.asar/node_modules/@embedded-postgres/here/package.json': '{ "type": "module", "exports": "./index.js" }',
      'app.asar/node_modules/@embedded-postgres/here/index.js': `export const place = 'in the archive';`,
      'app.asar.unpacked/node_modules/@embedded-postgres/here/package.json': '{ "type": "module" }',
      'app.asar.unpacked/node_modules/@embedded-postgres/here/index.js': `export const place = 'beside it';`,
    };
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(data.path, path)), { recursive: true });
      await writeFile(join(data.path, path), text);
    }
    const pipeline = join(data.path, 'app.asar/out/pipeline/index.mjs');
    const launch = createServiceLauncher({ serviceHost, services: { pipeline, 'offline-model': pipeline } });
    expect((await launch('pipeline', [], { logFile, timeoutMs: 10_000 })).firstLine).toBe('beside it');
  });
});
