import sharp, { type Sharp } from 'sharp';
import type { RenderSettings } from '../../shared/domain/index.ts';

/** AVIF at the encoder's default effort takes seven times as long for the same look (3.4 s against 0.45 s at 1024²). */
const AVIF_EFFORT = 2;
/** Larger AVIFs are coded at half the colour resolution: half the time (8192²: 6 s against 12) and 0.3 GB less memory. */
const AVIF_FULL_COLOR_PIXELS = 4096 * 4096;
/** WebP: half the time of the default effort for 3 % more bytes on these pictures. */
const WEBP_EFFORT = 2;

/**
 * Twice the size, scaled down. In two steps, because in one sharp would see through it and rasterise the SVG at the
 * small size right away.
 */
async function supersampled(svg: Buffer, { width, height }: RenderSettings): Promise<Sharp> {
  const { data, info } = await sharp(svg)
    .resize(width * 2, height * 2, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width: w, height: h, channels } = info;
  return sharp(data, { raw: { width: w, height: h, channels } }).resize(width, height, {
    fit: 'fill',
    kernel: 'cubic',
  });
}

/** Rasterises an SVG at exactly the ordered size and encodes it in the ordered format. */
export async function encode(svg: string, settings: RenderSettings, supersample: boolean): Promise<Buffer> {
  const source = Buffer.from(svg);
  const drawn = supersample ? await supersampled(source, settings) : sharp(source);
  const opaque = settings.background !== 'transparent' || settings.format === 'jpeg';
  return await encodeDrawn(opaque ? drawn.removeAlpha() : drawn, settings);
}

/**
 * Encodes a picture (PNG with transparency) of exactly the ordered size in the ordered format, on the ordered background;
 * JPEG has no transparency and gets white. `under`: SVG of the same size that lies between picture and background.
 */
export async function encodePicture(png: Buffer, under: string | null, settings: RenderSettings): Promise<Buffer> {
  const { background, format } = settings;
  if (background === 'transparent' && format !== 'jpeg') return await encodeDrawn(sharp(png).ensureAlpha(), settings);
  const color = background === 'transparent' ? '#ffffff' : background;
  if (under === null) return await encodeDrawn(sharp(png).flatten({ background: color }), settings);
  const whole = await sharp(Buffer.from(under))
    .composite([{ input: png }])
    .png({ compressionLevel: 0 })
    .toBuffer();
  return await encodeDrawn(sharp(whole).flatten({ background: color }), settings);
}

async function encodeDrawn(image: Sharp, settings: RenderSettings): Promise<Buffer> {
  const { format, quality } = settings;
  const pixels = settings.width * settings.height;
  switch (format) {
    case 'webp':
      return image.webp({ quality, effort: WEBP_EFFORT, alphaQuality: 100 }).toBuffer();
    case 'png':
      return image.png({ compressionLevel: 6 }).toBuffer();
    case 'jpeg':
      return image.jpeg({ quality, mozjpeg: false }).toBuffer();
    case 'avif':
      return image
        .avif({ quality, effort: AVIF_EFFORT, chromaSubsampling: pixels > AVIF_FULL_COLOR_PIXELS ? '4:2:0' : '4:4:4' })
        .toBuffer();
  }
}

/** A small square-bounded WebP of a finished image, for lists. `size`: its longer side, pixels. */
export async function makeThumbnail(bytes: Uint8Array, size = 256): Promise<Buffer> {
  return sharp(bytes)
    .resize(size, size, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80, effort: WEBP_EFFORT })
    .toBuffer();
}
