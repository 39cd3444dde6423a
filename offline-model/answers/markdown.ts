import type { Language } from '../language/language.ts';

/** A whole number as the language writes it (10,000 or 10.000). */
export function count(value: number, language: Language): string {
  return new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB', { maximumFractionDigits: 1 }).format(value);
}

/** A name from outside as plain text: as code where it holds signs that Markdown would act on. */
export function name(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return /[\\`*[\]<|~]|^[>#+-]|\b_|_\b/.test(line) ? `\`${line.replaceAll('`', "'")}\`` : line;
}

/** How many of what: "1 product", "148 Produkte". */
export function amount(value: number, language: Language, english: [string, string], german: [string, string]): string {
  const [one, many] = language === 'de' ? german : english;
  return `${count(value, language)} ${value === 1 ? one : many}`;
}

/** "148 products" in the language of the user. */
export function productCount(value: number, language: Language): string {
  return amount(value, language, ['product', 'products'], ['Produkt', 'Produkte']);
}

/** Cell of a table. */
export function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const short = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  return name(short).replaceAll('|', '\\|');
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const line = (cells: readonly unknown[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** A Markdown list. */
export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** A time as a day, and with hours where asked; the text itself where it is no time. */
export function day(iso: string, language: Language, timeZone: string | undefined, withTime = false): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const options: Intl.DateTimeFormatOptions = { dateStyle: 'medium', ...(withTime ? { timeStyle: 'short' } : {}) };
  const locale = language === 'de' ? 'de-DE' : 'en-GB';
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: timeZone ?? 'UTC' }).format(date);
  } catch {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(date); // A zone this Node does not know.
  }
}
