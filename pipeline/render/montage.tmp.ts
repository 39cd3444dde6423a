import sharp from 'sharp';
import { readdirSync } from 'node:fs';
const names = process.argv.slice(2).length
  ? process.argv.slice(2)
  : readdirSync('/tmp/rd-pics')
      .filter((n) => n.endsWith('.png') && !n.startsWith('montage'))
      .sort();
const size = 420;
const cols = 4;
const tiles = await Promise.all(
  names.map(async (n, i) => ({
    input: await sharp('/tmp/rd-pics/' + n)
      .resize(size, size, { fit: 'contain' })
      .png()
      .toBuffer(),
    left: (i % cols) * size,
    top: Math.floor(i / cols) * size,
  })),
);
await sharp({
  create: { width: size * cols, height: size * Math.ceil(names.length / cols), channels: 3, background: '#888' },
})
  .composite(tiles)
  .png()
  .toFile('/tmp/rd-pics/montage.png');
console.log(names.join(' '));
