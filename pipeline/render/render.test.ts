import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { CAMERAS, IMAGE_FORMATS, type RenderSettings } from '../../shared/domain/index.ts';
import { BRASS, KNOWN_PARTS, requestFor, STEEL } from './known-parts.fixture.ts';
import { renderPart } from './built-in.ts';
import { makeThumbnail, type PartMaterial } from './index.ts';

async function pictureOf(
  name: string,
  settings: Partial<RenderSettings> = {},
  material?: PartMaterial,
): Promise<Buffer> {
  const result = await renderPart(requestFor(name, settings, material));
  if (!result.ok) throw new Error(result.failure.message);
  return result.value.bytes;
}

/** Red, green, blue and alpha at a place given as shares of width and height. */
async function pixelAt(bytes: Buffer, x: number, y: number): Promise<[number, number, number, number]> {
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 4;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, data[at + 3] ?? 0];
}

/** Sharp calls AVIF `heif`. */
const DECODED_AS = { webp: 'webp', png: 'png', jpeg: 'jpeg', avif: 'heif' } as const;

describe('renderPart', () => {
  test.each(IMAGE_FORMATS)('%s decodes as that format at exactly the ordered size', async (format) => {
    const metadata = await sharp(await pictureOf('6205', { format, width: 211, height: 97 })).metadata();
    expect(metadata).toMatchObject({ format: DECODED_AS[format], width: 211, height: 97 });
    expect(metadata.hasAlpha).toBe(format !== 'jpeg');
  });

  test.each(Object.keys(KNOWN_PARTS))('%s fills the picture and keeps its margin from every camera', async (name) => {
    for (const camera of CAMERAS) {
      const bytes = await pictureOf(name, { camera, width: 200, height: 120 });
      const { info } = await sharp(bytes)
        .trim({ background: '#00000000', threshold: 1 })
        .toBuffer({ resolveWithObject: true });
      expect(Math.max(info.width / 200, info.height / 120)).toBeGreaterThan(0.75);
      expect(info.width).toBeLessThan(200);
      expect(info.height).toBeLessThan(120);
    }
  });

  test('the bore shows the background and the ring its material', async () => {
    const bytes = await pictureOf('6205', { camera: 'front', background: '#ff00ff' }, BRASS);
    expect(await pixelAt(bytes, 0.5, 0.5)).toEqual([255, 0, 255, 255]);
    // On the outer ring's face, halfway between its shoulder (r 21.3) and its outside (r 26).
    const [red, green, blue] = await pixelAt(bytes, 0.5, 0.5 - (23.6 / 52) * 0.84);
    expect(red).toBeGreaterThan(green);
    expect(green).toBeGreaterThan(blue + 20);
  });

  test('transparent stays transparent around the part and in its bore; JPEG gets white', async () => {
    const png = await pictureOf('6205', { camera: 'front' });
    expect((await pixelAt(png, 0.02, 0.02))[3]).toBe(0);
    expect((await pixelAt(png, 0.5, 0.5))[3]).toBe(0);
    expect((await pixelAt(png, 0.5, 0.5 - (23.6 / 52) * 0.84))[3]).toBe(255);
    expect(await pixelAt(await pictureOf('6205', { format: 'jpeg' }), 0.02, 0.02)).toEqual([255, 255, 255, 255]);
  });

  test('a picture on an opaque background carries no alpha channel', async () => {
    for (const samples of [1, 1024]) {
      const metadata = await sharp(await pictureOf('6205', { background: '#102030', samples })).metadata();
      expect(metadata.hasAlpha).toBe(false);
    }
  });

  test('an opaque background throws a soft shadow, a transparent one none', async () => {
    const lit = await pixelAt(await pictureOf('6205', { camera: 'front', background: '#ffffff' }), 0.5, 0.93);
    expect(lit[0]).toBeLessThan(245);
    expect((await pixelAt(await pictureOf('6205', { camera: 'front' }), 0.5, 0.94))[3]).toBe(0);
  });

  test('polished and matt metal look different', async () => {
    const polished = await pictureOf('UC205', {}, { ...STEEL, roughness: 0.05 });
    const matt = await pictureOf('UC205', {}, { ...STEEL, roughness: 0.9 });
    const brightShare = async (bytes: Buffer): Promise<number> => {
      const { data } = await sharp(bytes)
        .flatten({ background: '#000000' })
        .greyscale()
        .raw()
        .toBuffer({ resolveWithObject: true });
      return data.filter((level) => level > 215).length / data.length;
    };
    expect(await brightShare(polished)).toBeGreaterThan(2 * (await brightShare(matt)));
  });

  test('many samples smooth the edges and keep the size', async () => {
    const bytes = await pictureOf('6205', { samples: 1024 });
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 160, height: 160 });
    expect(bytes.equals(await pictureOf('6205', { samples: 1 }))).toBe(false);
  });

  test('progress rises to 1', async () => {
    const seen: number[] = [];
    await renderPart(requestFor('6205'), { onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  test('a stopped render fails as interrupted, before it starts and while it encodes', async () => {
    const before = await renderPart(requestFor('6205'), { signal: AbortSignal.abort() });
    expect(before.ok ? '' : before.failure.code).toBe('interrupted');
    const stop = new AbortController();
    const big = requestFor('6205', { width: 1600, height: 1600, format: 'avif' });
    const started = performance.now();
    const running = renderPart(big, {
      signal: stop.signal,
      onProgress: () =>
        setTimeout(() => {
          stop.abort();
        }, 5),
    });
    const during = await running;
    expect(during.ok ? '' : during.failure.code).toBe('interrupted');
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('impossible dimensions fail as a value', async () => {
    const request = requestFor('6205');
    const product = { ...request.product, dimensions: { ...request.product.dimensions, D: 20 } };
    const result = await renderPart({ ...request, product });
    expect(result.ok ? '' : result.failure.code).toBe('part_not_drawable');
  });
});

describe('makeThumbnail', () => {
  test('fits into the size as WebP with the proportions kept, and never enlarges', async () => {
    const wide = await makeThumbnail(await pictureOf('6205', { width: 600, height: 300 }));
    expect(await sharp(wide).metadata()).toMatchObject({ format: 'webp', width: 256, height: 128, hasAlpha: true });
    const small = await makeThumbnail(await pictureOf('6205', { width: 64, height: 64 }));
    expect(await sharp(small).metadata()).toMatchObject({ width: 64, height: 64 });
  });
});
