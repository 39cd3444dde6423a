import type { RenderOverrides } from '../../shared/domain/index.ts';

const LOCALE = 'en-GB';
const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = timeZone + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(LOCALE, { ...options, timeZone });
  formats.set(key, known);
  return known;
}

/** `23 Nov 2026, 14:05` in the tenant's time zone. */
export function formatDateTime(iso: string, timeZone: string): string {
  return dateFormat(timeZone, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}

/** `14:05`, with the day before it where it is not today's. */
export function formatTime(iso: string, timeZone: string, now: Date = new Date()): string {
  const day = dateFormat(timeZone, { dateStyle: 'medium' });
  const at = new Date(iso);
  const time = dateFormat(timeZone, { timeStyle: 'short' }).format(at);
  if (day.format(at) === day.format(now)) return time;
  return `${dateFormat(timeZone, { day: 'numeric', month: 'short' }).format(at)}, ${time}`;
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** `3 minutes ago`, `yesterday`; a plain date after a week. */
export function formatRelative(iso: string, timeZone: string, now: number): string {
  const seconds = (new Date(iso).getTime() - now) / 1000;
  if (Math.abs(seconds) > 7 * 86_400) return dateFormat(timeZone, { dateStyle: 'medium' }).format(new Date(iso));
  const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  return step ? relative.format(Math.trunc(seconds / step[1]), step[0]) : 'just now';
}

const numberFormat = new Intl.NumberFormat('en-US');

/** `12,345`. */
export function formatNumber(value: number): string {
  return numberFormat.format(value);
}

const shortFormat = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

/** `12.3K`, for where the exact number is not the point. */
export function formatShort(value: number): string {
  return shortFormat.format(value);
}

/** `€0.031`: enough digits that a small amount is not nothing. */
export function formatCost(amount: number, currency: string): string {
  const digits = amount < 1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 2 };
  return new Intl.NumberFormat(LOCALE, { style: 'currency', currency, ...digits }).format(amount);
}

/** `148 products`, `1 product`; a total that is not exact as `10,000+`. */
export function formatCount(count: number, singular: string, plural: string, exact = true): string {
  return `${formatNumber(count)}${exact ? '' : '+'} ${count === 1 && exact ? singular : plural}`;
}

/** `840 ms`, `12.4 s`, `3 min 20 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** `532 kB`, `1.2 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const FORMAT_NAMES = { webp: 'WebP', png: 'PNG', jpeg: 'JPEG', avif: 'AVIF' } as const;
const CAMERA_NAMES = { three_quarter: 'three-quarter view', front: 'front view', section: 'section view' } as const;

/** Render settings or overrides in words: `["WebP", "1024 × 1024", "quality 85", …]`. */
export function describeSettings(settings: RenderOverrides): string[] {
  const parts: string[] = [];
  if (settings.format) parts.push(FORMAT_NAMES[settings.format]);
  if (settings.width && settings.height) parts.push(`${settings.width} × ${settings.height}`);
  else if (settings.width) parts.push(`${settings.width} px wide`);
  else if (settings.height) parts.push(`${settings.height} px high`);
  if (settings.quality) parts.push(`quality ${settings.quality}`);
  if (settings.background) {
    parts.push(settings.background === 'transparent' ? 'transparent' : `background ${settings.background}`);
  }
  if (settings.samples) parts.push(`${settings.samples} samples`);
  if (settings.camera) parts.push(CAMERA_NAMES[settings.camera]);
  return parts;
}

/** `deep_groove` -> `Deep groove`. */
export function inWords(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
