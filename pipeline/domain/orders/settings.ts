import type { RenderOverrides, RenderSettings } from '../../../shared/domain/index.ts';

const FORMAT_NAMES = { webp: 'WebP', png: 'PNG', jpeg: 'JPEG', avif: 'AVIF' } as const;

/** The settings an order renders with: its output type's, with the overrides applied. */
export function effectiveSettings(base: RenderSettings, overrides: RenderOverrides): RenderSettings {
  return { ...base, ...overrides };
}

/** `148 WebP renders at 1024 x 1024`. */
export function renderPhrase(count: number, settings: RenderSettings): string {
  const noun = count === 1 ? 'render' : 'renders';
  return `${count} ${FORMAT_NAMES[settings.format]} ${noun} at ${settings.width} x ${settings.height}`;
}

/** `1 product`, `148 products`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
