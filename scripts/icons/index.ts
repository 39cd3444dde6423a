import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { root } from '../root.ts';
import { toIco } from './ico.ts';

/** `node scripts/icons/index.ts` draws every icon of the application from the SVG sources in resources/icons/. */
const folder = join(root, 'resources/icons');

/** In the tray of Windows and Linux, whose panel may be light or dark; macOS colours a black template itself. */
const TRAY_COLOUR = '#4a90d9';
const TEMPLATE_COLOUR = '#000000';

async function draw(source: string, size: number, colour?: string): Promise<Buffer> {
  const svg = await readFile(join(folder, source), 'utf8');
  const own = Number(/width="(\d+)"/.exec(svg)?.[1]);
  const coloured = colour === undefined ? svg : svg.replaceAll('currentColor', colour);
  return sharp(Buffer.from(coloured), { density: (72 * size) / own })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toBuffer();
}

async function write(name: string, bytes: Buffer): Promise<void> {
  await writeFile(join(folder, name), bytes);
  console.log(`resources/icons/${name}  ${String(bytes.length)} bytes`);
}

await write('icon.png', await draw('icon.svg', 512));
await write('icon-256.png', await draw('icon.svg', 256));
await write('tray.png', await draw('tray-small.svg', 16, TRAY_COLOUR));
await write('tray@2x.png', await draw('tray.svg', 32, TRAY_COLOUR));
await write('trayTemplate.png', await draw('tray-small.svg', 16, TEMPLATE_COLOUR));
await write('trayTemplate@2x.png', await draw('tray.svg', 32, TEMPLATE_COLOUR));

const sizes = [16, 24, 32, 48, 64, 256];
const images = await Promise.all(
  sizes.map(async (size) => ({
    size,
    png: size > 16 ? await draw('icon.svg', size) : await draw('tray-small.svg', size, TRAY_COLOUR),
  })),
);
await write('icon.ico', toIco(images));
