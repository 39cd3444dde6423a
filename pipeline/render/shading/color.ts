/** Linear light, 0 to 1 and above. */
export type Rgb = readonly [number, number, number];

function toLinear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function toSrgb(light: number): number {
  const c = Math.min(1, Math.max(0, light));
  return c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055;
}

/** Leaves what is dark as it is and rolls off what is brighter than paper, as film does. */
function soften(light: number): number {
  return light <= 0.55 ? light : 0.55 + 0.45 * Math.tanh((light - 0.55) / 0.45);
}

/** `#rrggbb` as linear light. */
export function fromHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [toLinear((value >> 16) / 255), toLinear(((value >> 8) & 255) / 255), toLinear((value & 255) / 255)];
}

/** Linear light as 0-255 levels of sRGB, rolled off at the bright end. */
export function toLevels(color: Rgb): Rgb {
  return [toSrgb(soften(color[0])) * 255, toSrgb(soften(color[1])) * 255, toSrgb(soften(color[2])) * 255];
}

/** 0-255 levels as `#rrggbb`. */
export function hexOfLevels(levels: Rgb): string {
  const value = (Math.round(levels[0]) << 16) | (Math.round(levels[1]) << 8) | Math.round(levels[2]);
  return `#${value.toString(16).padStart(6, '0')}`;
}

/** Linear light as `#rrggbb`. */
export function toHex(color: Rgb): string {
  return hexOfLevels(toLevels(color));
}

/** Every channel times `k`. */
export function dim(color: Rgb, k: number): Rgb {
  return [color[0] * k, color[1] * k, color[2] * k];
}

/** Perceived brightness of linear light (Rec. 709 weights). */
export function luminance(color: Rgb): number {
  return 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2];
}
