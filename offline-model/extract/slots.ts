import { ORDER_NUMBER, SELECTION_ID } from '../conversation/context.ts';
import { takeLimit } from './count.ts';
import { takeForeignFormat, takeImageWishes } from './image.ts';
import type { ImageWishes } from './image.ts';
import { takeMaterial } from './material.ts';
import { takePart } from './part.ts';
import type { PartWish } from './part.ts';
import { productTerms } from './product-terms.ts';
import type { ProductTerm } from './product-terms.ts';
import { SpanReader } from './span-reader.ts';
import { takeSql } from './sql.ts';
import { takeGrouping, takeTime } from './time.ts';
import type { TimeWish } from './time.ts';

/** What one sentence says, taken apart. */
export interface Slots {
  sql: string | undefined;
  /** Order numbers named, in upper case, in their order. */
  orders: string[];
  selections: string[];
  image: ImageWishes;
  /** An image format the tools do not have. */
  foreignFormat: string | undefined;
  /** Name of a material override; null: remove it; undefined: not spoken of. */
  material: string | null | undefined;
  draft: boolean;
  time: TimeWish;
  groupBy: string | undefined;
  limit: number | undefined;
  /** Output type named as such ("output type Web Catalog", "as Katalogbild"). */
  outputType: string | undefined;
  /** A part of the products to leave out, or to keep alone. */
  part: PartWish | undefined;
  products: ProductTerm[];
}

const ORDER = new RegExp(
  `(?:\\b(?:on|of|for|in|to|from|auf|f(?:ü|ue)r|bei|beim|von|vom|im|am|an|zu|zum|and|und|with|mit)\\s+)*(?:\\b(?:the|den|dem|der|des|die|my|meinen?|meinem)\\s+)?(?:\\b(?:orders?|auftr(?:ä|ae)ge|auftrags?|auftr(?:ä|ae)gen|bestellung)\\s+)?(?:\\b(?:number|no\\.?|nummer|nr\\.?)\\s+)?#?\\b(${ORDER_NUMBER})\\b(?:'s)?`,
  'i',
);
const SELECTION = new RegExp(
  `(?:\\b(?:the\\s+|die\\s+|der\\s+)?(?:selections?|auswahl)\\s+)?\\b(${SELECTION_ID})`,
  'i',
);
const DRAFT =
  /\b(?:as\s+(?:a\s+)?draft|als\s+entwurf|draft\s+only|(?:a\s+|new\s+)?draft(?=\s+order)|entwurf|draft|do(?:n[’']?t| not)\s+(?:dispatch|start|submit|send)(?:\s+(?:it|them))?(?:\s+yet)?|without\s+(?:dispatching|starting)|(?:noch\s+)?nicht\s+(?:starten|abschicken|losschicken|dispatchen)|ohne\s+zu\s+starten)\b/i;
const AND_DISPATCH =
  /(?:,|\b(?:and|then|und|dann))(?:\s+(?:then|dann))?\s+(?:dispatch|start|submit|launch|send|dispatche|starte|schicke?|gib)(?:\s+(?:it|them|the order|ihn|sie|es|den auftrag|alles))?(?:\s+(?:off|out|ab|los|frei|now|at once|right away|sofort|gleich))*(?=\s*(?:[.!?;]|$))/i;
const OUTPUT_TYPE = [
  /\b(?:output[- ]?type|ausgabetyp|render[- ]?recipe|recipe|rezept)\s+(?:named\s+|called\s+|namens\s+)?["'„“«]([^"'“”»]+)["'“”»]/i,
  /\b(?:output[- ]?type|ausgabetyp|recipe|rezept)\s+(?!is\b|are\b|ist\b|sind\b|gibt\b|for\b|do\b)([\p{L}\d][\p{L}\d ._/-]*?)(?=\s+(?:for|f(?:ü|ue)r|at|in|with|mit|als|as|and|und)\b|\s*[,.;!?]|\s*$)/iu,
  /\b(?:as|als)\s+(?:an?\s+|einen?\s+)?["'„“«]?([\p{L}\d][\p{L}\d ._/-]*?)["'“”»]?(?=\s+(?:for|f(?:ü|ue)r|at|in|with|mit|from|aus|from|rendern|erstellen)\b|\s*[,.;!?]|\s*$)/iu,
];

/**
 * Takes a sentence apart. Order matters: what is surest is taken first, products are the rest. Only a query may be longer than
 * `maxSentence` characters: the patterns take time in the square of the length, and a pasted file is no sentence.
 */
export function readSlots(text: string, maxSentence: number): Slots {
  const whole = new SpanReader(text);
  const sql = takeSql(whole);
  const reader = new SpanReader(whole.rest.slice(0, maxSentence).replace(/[^\S\n]+/g, ' '));
  const orders = takeIds(reader, ORDER).map((number) => number.toUpperCase());
  const selections = takeIds(reader, SELECTION);
  const material = takeMaterial(reader);
  const image = takeImageWishes(reader);
  const foreignFormat = takeForeignFormat(reader);
  const draft = reader.take(DRAFT) !== undefined;
  // A new order is dispatched anyway; the words name no product.
  reader.take(AND_DISPATCH);
  return {
    sql,
    orders,
    selections,
    material,
    image,
    foreignFormat,
    draft,
    time: takeTime(reader, Date.now()),
    groupBy: takeGrouping(reader),
    limit: takeLimit(reader),
    part: takePart(reader),
    outputType: takeOutputType(reader),
    products: productTerms(reader.rest),
  };
}

function takeIds(reader: SpanReader, pattern: RegExp): string[] {
  const ids = reader.takeAll(pattern).map((match) => match[1] ?? '');
  return [...new Set(ids)];
}

function takeOutputType(reader: SpanReader): string | undefined {
  for (const pattern of OUTPUT_TYPE) {
    const name = reader.take(pattern)?.[1]?.trim();
    if (name !== undefined) return name;
  }
  return undefined;
}
