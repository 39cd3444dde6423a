import type { SpanReader } from './span-reader.ts';

/** Settings of the images that a sentence asks for, named as the tools' `render_overrides`. */
export interface ImageWishes {
  format?: string;
  width?: number;
  height?: number;
  quality?: number;
  background?: string;
  samples?: number;
  camera?: string;
}

const COLOURS: [RegExp, string][] = [
  [/^(?:transparent\w*|durchsichtig\w*)$/i, 'transparent'],
  [/^(?:white|wei(?:ß|ss)\w*)$/i, '#ffffff'],
  [/^(?:black|schwarz\w*)$/i, '#000000'],
  [/^(?:gr[ae]y|grau\w*)$/i, '#808080'],
  [/^(?:red|rot\w*)$/i, '#ff0000'],
  [/^(?:green|gr(?:ü|ue)n\w*)$/i, '#00ff00'],
  [/^(?:blue|blau\w*)$/i, '#0000ff'],
];
const COLOUR =
  '(transparent\\w*|durchsichtig\\w*|white|wei(?:ß|ss)\\w*|black|schwarz\\w*|gr[ae]y|grau\\w*|red|rot\\w*|green|gr(?:ü|ue)n\\w*|blue|blau\\w*|#[0-9a-f]{6})';
const BACKGROUND = '(?:background|hintergrund\\w*)(?:\\s*colou?r|farbe)?';

const CAMERAS: [RegExp, string][] = [
  [/\b(?:three[- ]quarter|dreiviertel)(?:[- ]?(?:view|ansicht))?\b/i, 'three_quarter'],
  [
    /\b(?:front(?:al)?[- ]?(?:view|ansicht|camera|kamera)|from the front|von vorne?|(?:camera|kamera)\s*(?:to|auf|=|:)?\s*front)\b/i,
    'front',
  ],
  [
    /\b(?:section(?:al)?[- ]?view|cross[- ]section|schnitt(?:ansicht|bild)?|(?:camera|kamera)\s*(?:to|auf|=|:)?\s*section)\b/i,
    'section',
  ],
];

/** Takes size, quality, samples, background, camera and format out of a sentence. */
export function takeImageWishes(reader: SpanReader): ImageWishes {
  return {
    ...takeSize(reader),
    ...takeNumber(reader, 'quality'),
    ...takeNumber(reader, 'samples'),
    ...takeBackground(reader),
    ...takeCamera(reader),
    ...takeFormat(reader),
  };
}

const LEAD = '(?:\\b(?:at|in|to|auf|mit|with|size|gr(?:ö|oe)(?:ß|ss)e|aufl(?:ö|oe)sung|resolution|of|von)\\s+)*';

/** "webp 1024", "as PNG at 640": the edge of a square; without "at" only usual sizes, for "png 6205" names a product. */
const AFTER_FORMAT =
  /(?<=\b(?:webp|png|jpe?g|avif)\s+)(?:(?:(?:at|size|with|mit|@)\s*)(?=\d{2,5}\b)|(?=(?:128|256|512|640|768|800|1000|1024|1200|1280|1500|1600|1920|2000|2048|2400|2500|3000|3840|4000|4096)\b))(\d{2,5})(?![\w%-]|\s*(?:%|quality|qualit|samples?))/i;

function takeSize(reader: SpanReader): ImageWishes {
  const both = reader.take(
    new RegExp(
      `${LEAD}\\b(\\d{2,5})\\s*(?:px\\s*)?(?:x|×|\\*|by|mal|auf)\\s*(\\d{2,5})\\s*(?:px|pixels?|pixeln)?\\b`,
      'i',
    ),
  );
  if (both !== undefined) return { width: Number(both[1]), height: Number(both[2]) };
  const side = (name: string): number | undefined => {
    const match = reader.take(
      new RegExp(`\\b(?:${name})\\s*(?:to|auf|=|:|of|von)?\\s*(\\d{2,5})\\s*(?:px|pixels?|pixeln)?\\b`, 'i'),
    );
    return match === undefined ? undefined : Number(match[1]);
  };
  const width = side('width|breite');
  const height = side('height|h(?:ö|oe)he');
  if (width !== undefined || height !== undefined) {
    return { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
  }
  const square = reader.take(new RegExp(`${LEAD}\\b(\\d{2,5})\\s*(?:px|pixels?|pixeln)\\b`, 'i'));
  const edge = Number((square ?? reader.take(AFTER_FORMAT))?.[1]);
  return Number.isNaN(edge) ? {} : { width: edge, height: edge };
}

const NUMBERS = { quality: 'quality|qualit(?:ä|ae)t', samples: 'samples?' } as const;

function takeNumber(reader: SpanReader, name: keyof typeof NUMBERS): ImageWishes {
  const word = NUMBERS[name];
  const match =
    reader.take(new RegExp(`\\b(?:${word})\\s*(?:to|auf|of|von|=|:)?\\s*(\\d{1,4})\\s*%?`, 'i')) ??
    reader.take(new RegExp(`\\b(\\d{1,4})\\s*%?\\s*(?:${word})(?!\\w)`, 'i'));
  return match === undefined ? {} : { [name]: Number(match[1]) };
}

function takeBackground(reader: SpanReader): ImageWishes {
  const match =
    reader.take(
      new RegExp(`(?:\\b(?:on|with|mit|auf|vor)\\s+)?(?:\\b(?:a|an|einem|einen)\\s+)?${COLOUR}\\s+${BACKGROUND}`, 'i'),
    ) ?? reader.take(new RegExp(`\\b${BACKGROUND}\\s*(?:to|auf|=|:|in)?\\s*${COLOUR}`, 'i'));
  const word = match?.[1];
  if (word === undefined) return {};
  if (word.startsWith('#')) return { background: word.toLowerCase() };
  const colour = COLOURS.find(([pattern]) => pattern.test(word));
  return colour === undefined ? {} : { background: colour[1] };
}

function takeCamera(reader: SpanReader): ImageWishes {
  for (const [pattern, camera] of CAMERAS) {
    if (reader.take(pattern) !== undefined) return { camera };
  }
  return {};
}

const NOUN = '(?:[- ]?(?:format|images?|files?|pictures?|bild(?:er)?|dateien?|renders?|s)\\b)?';

function takeFormat(reader: SpanReader): ImageWishes {
  const match = reader.take(
    new RegExp(
      `(?:\\b(?:as|als|in|im|to|into|auf|format)\\s+)*(?:\\b(?:an?|einem?)\\s+)?\\.?\\b(webp|png|jpe?g|avif)(?![\\w])${NOUN}`,
      'i',
    ),
  );
  const format = match?.[1]?.toLowerCase();
  return format === undefined ? {} : { format: format === 'jpg' ? 'jpeg' : format };
}

/** A known image format that the tools have no name for, so that it can be declined by name. */
export function takeForeignFormat(reader: SpanReader): string | undefined {
  return reader
    .take(/\b(?:as|als|in|im|format|to|auf)\s+(?:an?\s+|einem?\s+)?(tiff?|gif|bmp|svg|pdf|exr|heic|jxl|psd)\b/i)?.[1]
    ?.toUpperCase();
}
