import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RenderSettings } from '../../../shared/domain/index.ts';
import { FailureError } from '../../../shared/errors/index.ts';
import { BRASS, requestFor } from '../known-parts.fixture.ts';
import type { Renderer, RenderRequest } from '../renderer.ts';
import { findBlender } from './program.ts';
import { openBlender } from './index.ts';
import { sceneOf } from './scene.ts';

// A whole Blender starts for each picture.
vi.setConfig({ testTimeout: 240_000 });

const found = await findBlender();
const why = found.ok ? '' : ` (skipped: ${found.failure.message})`;

describe.skipIf(!found.ok)(`Blender${why}`, () => {
  let blender: Renderer;
  beforeAll(async () => {
    const opened = await openBlender();
    if (!opened.ok) throw new Error(opened.failure.message);
    blender = opened.value;
  });

  async function pictureOf(request: RenderRequest): Promise<Buffer> {
    const image = await blender.render(request);
    if (!image.ok) throw new Error(image.failure.message);
    return image.value.bytes;
  }
  const small: Partial<RenderSettings> = { width: 72, height: 56, samples: 4 };

  test.each([
    ['6205-2RS', 'three_quarter', 'webp'],
    ['22212', 'front', 'avif'],
    ['51107', 'section', 'png'],
    ['P205', 'three_quarter', 'jpeg'],
  ] as const)('%s from %s as %s: exact size and format, with margins', async (name, camera, format) => {
    const bytes = await pictureOf(requestFor(name, { ...small, camera, format }));
    const about = await sharp(bytes).metadata();
    expect(about).toMatchObject({ format: format === 'avif' ? 'heif' : format, width: 72, height: 56 });
    expect(about.hasAlpha).toBe(format !== 'jpeg');
    const background = format === 'jpeg' ? '#ffffff' : '#00000000';
    const { info } = await sharp(bytes).trim({ background, threshold: 24 }).toBuffer({ resolveWithObject: true });
    expect(Math.max(info.width / 72, info.height / 56)).toBeGreaterThan(0.7);
    expect(Math.max(info.width / 72, info.height / 56)).toBeLessThan(1);
  });

  test('material, background and quality are seen; the same order gives the same picture', async () => {
    const plain = requestFor('6205', { ...small, format: 'png', background: '#ff0000' });
    const brass = requestFor('6205', { ...small, format: 'png', background: '#ff0000' }, BRASS);
    const [first, again, other] = [await pictureOf(plain), await pictureOf(plain), await pictureOf(brass)];
    expect(first.equals(again)).toBe(true);
    const [steelMean, brassMean] = await Promise.all([meanOf(first), meanOf(other)]);
    expect((brassMean[0] ?? 0) - (brassMean[2] ?? 0)).toBeGreaterThan((steelMean[0] ?? 0) - (steelMean[2] ?? 0) + 4);
    const { data } = await sharp(first).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([...data.subarray(0, 3)]).toEqual([255, 0, 0]);
  });

  test('a stop ends Blender at once, and nothing of it is left', async () => {
    const before = await leftOvers();
    const stop = new AbortController();
    const seen: number[] = [];
    const image = await blender.render(requestFor('6205', { width: 1024, height: 1024, samples: 4000 }), {
      signal: stop.signal,
      onProgress: (progress) => {
        seen.push(progress);
        if (progress > 0.1) stop.abort();
      },
    });
    expect(image).toMatchObject({ ok: false, failure: { code: 'interrupted' } });
    expect(seen.some((progress) => progress > 0.1)).toBe(true);
    expect(await leftOvers()).toEqual(before);
  });
});

async function meanOf(bytes: Buffer): Promise<number[]> {
  const center = { left: 20, top: 12, width: 32, height: 32 };
  const { channels } = await sharp(await sharp(bytes).extract(center).png().toBuffer()).stats();
  return channels.map(({ mean }) => mean);
}

async function leftOvers(): Promise<string[]> {
  return (await readdir(os.tmpdir())).filter((name) => name.startsWith('renderdesk-blender-')).sort();
}

describe('without Blender', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'rd-blender-'));
  });
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  /** A program that answers like a Blender of this version and then does as it is told. */
  async function program(version: string, then = 'exit 0'): Promise<string> {
    const file = path.join(directory, `blender-${version}`);
    await writeFile(file, `#!/bin/sh\ncase "$*" in *--version*) echo "Blender ${version}"; exit 0;; esac\n${then}\n`);
    await chmod(file, 0o700);
    return file;
  }

  test('a missing, a broken and an old one are told at the start', async () => {
    const said = async (env: NodeJS.ProcessEnv): Promise<unknown> => await openBlender(env);
    expect(await said({ PATH: directory })).toMatchObject({ failure: { code: 'renderer_missing' } });
    expect(await said({ RENDERDESK_BLENDER: '/bin/false' })).toMatchObject({ failure: { code: 'renderer_missing' } });
    const old = await program('2.93.0');
    expect(await said({ RENDERDESK_BLENDER: old })).toMatchObject({
      failure: { message: 'Blender 2.93.0 is too old; 3.4 or later is needed.' },
    });
  });

  test('one that crashes is a failure that is tried again, with what it said in the log and no secret in its world', async () => {
    process.env['RENDERDESK_ROLE_SECRET'] ??= 'a secret of a test';
    const opened = await openBlender({ RENDERDESK_BLENDER: await program('4.2.0', 'env >&2; exit 11') });
    if (!opened.ok) throw new Error(opened.failure.message);
    const log: string[] = [];
    const options = { onLog: (text: string) => log.push(text) };
    const crash: unknown = await opened.value.render(requestFor('6205'), options).catch((error: unknown) => error);
    expect(crash).toBeInstanceOf(FailureError);
    expect(crash).toMatchObject({ failure: { code: 'renderer_crashed' } });
    expect(log.join('\n')).toMatch(/HOME=…/);
    expect(log.join('\n')).not.toMatch(/SECRET/);
  });

  test('bad dimensions and a part without a material fail as values, and no words of a product reach the scene', () => {
    const request = requestFor('6205', { camera: 'section' });
    const upside = { ...request.product, dimensions: { ...request.product.dimensions, d: 60 } };
    expect(sceneOf({ ...request, product: upside })).toMatchObject({ failure: { code: 'part_not_drawable' } });
    expect(sceneOf({ ...request, materials: {} })).toMatchObject({ failure: { code: 'unmapped_material' } });
    const hostile = { ...request.product, pim_id: '"; import os', designation: '__import__("os")' };
    const scene = sceneOf({ ...request, product: hostile });
    expect(JSON.stringify(scene)).not.toMatch(/import/);
  });
});
