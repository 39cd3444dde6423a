import { pick } from '../conversation/ask.ts';
import type { Language } from '../language/language.ts';
import { numberOf, objectOr, textOf } from '../wire/json.ts';
import type { JsonObject } from '../wire/json.ts';
import { count, name, productCount } from './markdown.ts';

const STATUS: Record<string, [english: string, german: string]> = {
  draft: ['a draft', 'ein Entwurf'],
  queued: ['queued', 'eingereiht'],
  running: ['running', 'in Arbeit'],
  done: ['done', 'fertig'],
  done_with_failures: ['done with failures', 'fertig mit Fehlern'],
  failed: ['failed', 'fehlgeschlagen'],
  cancelling: ['being cancelled', 'wird storniert'],
  cancelled: ['cancelled', 'storniert'],
};

/** A status in words. */
export function statusWords(status: string | undefined, language: Language): string {
  const words = STATUS[status ?? ''];
  return words === undefined ? name(status ?? '?') : pick({ language }, ...words);
}

/** The order's number in bold; its id where it has none. */
export function orderName(order: JsonObject): string {
  return `**${name(textOf(order.number) ?? textOf(order.id) ?? '?')}**`;
}

/** What an order is: "148 products as WEBP 1024×1024 (Web Catalog), material Steel-Bare". */
export function orderWhat(order: JsonObject, language: Language): string {
  const products = numberOf(order.products);
  const what = products === undefined ? '' : `${productCount(products, language)} `;
  const format = textOf(order.format)?.toUpperCase() ?? '';
  const size = `${String(order.width ?? '?')}×${String(order.height ?? '?')}`;
  const type = textOf(order.output_type);
  const material = textOf(order.material_override);
  return [
    `${what}${pick({ language }, 'as', 'als')} ${format} ${size}`,
    type === undefined ? '' : ` (${name(type)})`,
    material === undefined ? '' : pick({ language }, `, material ${name(material)}`, `, Material ${name(material)}`),
  ].join('');
}

const COUNTS: [member: string, english: string, german: string][] = [
  ['done', 'done', 'fertig'],
  ['failed', 'failed', 'fehlgeschlagen'],
  ['running', 'running', 'in Arbeit'],
  ['queued', 'queued', 'eingereiht'],
  ['cancelled', 'cancelled', 'storniert'],
];

/** The counts that are not zero: "120 done, 3 failed"; empty where the order carries none. */
export function orderCounts(order: JsonObject, language: Language): string {
  return COUNTS.flatMap(([member, english, german]) => {
    const value = numberOf(order[member]);
    return value === undefined || value === 0
      ? []
      : [`${count(value, language)} ${pick({ language }, english, german)}`];
  }).join(', ');
}

/** The order of a result, and whether there is one. */
export function orderOf(value: JsonObject): JsonObject | undefined {
  const order = objectOr(value.order);
  return textOf(order.number) === undefined && textOf(order.id) === undefined ? undefined : order;
}
