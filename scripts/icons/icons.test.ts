import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { root } from '../root.ts';
import { toIco } from './ico.ts';

const folder = join(root, 'resources/icons');

test.each([
  ['icon.png', 512],
  ['icon-256.png', 256],
  ['tray.png', 16],
  ['tray@2x.png', 32],
  ['trayTemplate.png', 16],
  ['trayTemplate@2x.png', 32],
])('%s is a square of %i px with transparent corners', async (name, size) => {
  const { data, info } = await sharp(join(folder, name)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([size, size]);
  expect(data[3]).toBe(0);
  const inked = data.filter((_, i) => i % 4 === 3 && (data[i] ?? 0) > 128).length;
  expect(inked).toBeGreaterThan((size * size) / 5);
});

test('a macOS template is black and nothing else', async () => {
  const data = await sharp(join(folder, 'trayTemplate@2x.png')).ensureAlpha().raw().toBuffer();
  expect(data.every((value, i) => i % 4 === 3 || value === 0)).toBe(true);
});

test('every image of the Windows icon is where its entry says', async () => {
  const ico = await readFile(join(folder, 'icon.ico'));
  const sizes: number[] = [];
  for (let i = 0; i < ico.readUInt16LE(4); i += 1) {
    const [length, offset] = [ico.readUInt32LE(14 + 16 * i), ico.readUInt32LE(18 + 16 * i)];
    const { width } = await sharp(ico.subarray(offset, offset + length)).metadata();
    expect(ico.readUInt8(6 + 16 * i)).toBe(width % 256);
    sizes.push(width);
  }
  expect(sizes).toEqual([16, 24, 32, 48, 64, 256]);
  expect(toIco([]).length).toBe(6);
});
