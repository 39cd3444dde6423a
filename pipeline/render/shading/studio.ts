import { dot, mix, normalize, type Vec } from '../scene/vector.ts';
import type { PartMaterial } from '../renderer.ts';
import { fromHex, type Rgb } from './color.ts';

/** A material ready for shading. */
export interface Surface {
  readonly color: Rgb;
  readonly metallic: number;
  readonly roughness: number;
}

interface Softbox {
  readonly from: Vec;
  /** Angular radius, radians. */
  readonly size: number;
  readonly light: number;
}

/** The lamps of the studio, fixed to the camera: key, strip, rim and the bounce of the table. */
const SOFTBOXES: readonly Softbox[] = [
  { from: normalize([-0.58, 0.62, 0.55]), size: 0.34, light: 3.4 },
  { from: normalize([0.9, 0.12, 0.42]), size: 0.22, light: 2.8 },
  { from: normalize([0.96, 0.02, -0.22]), size: 0.15, light: 2.6 },
  { from: normalize([0.3, 0.9, -0.3]), size: 0.36, light: 3 },
  { from: normalize([-0.92, -0.3, 0.1]), size: 0.2, light: 1.6 },
  { from: normalize([0.35, -0.85, 0.4]), size: 0.3, light: 0.9 },
];

/** Where the dark room behind the camera is mirrored. */
const DARK_CARD: Softbox = { from: normalize([0.22, -0.2, 0.95]), size: 0.34, light: -0.5 };

/** What key, fill and top light give to matt surfaces, facing each of them fully. */
const LAMPS: readonly { readonly from: Vec; readonly share: number }[] = [
  { from: normalize([-0.5, 0.62, 0.6]), share: 0.5 },
  { from: normalize([0.85, 0.1, 0.5]), share: 0.16 },
  { from: normalize([0.2, 0.95, 0.1]), share: 0.2 },
];

function lobe(box: Softbox, direction: Vec, roughness: number): number {
  const spread = Math.hypot(box.size, 0.85 * roughness);
  const angle = Math.acos(Math.min(1, Math.max(-1, dot(box.from, direction))));
  return box.light * (box.size / spread) ** 1.25 * Math.exp(-((angle / spread) ** 2));
}

/** Light that comes from a direction, blurred as a surface of that roughness sees it. */
function studioLight(direction: Vec, roughness: number): number {
  let light = 0.62 + 0.34 * direction[1] + lobe(DARK_CARD, direction, roughness);
  for (const box of SOFTBOXES) light += lobe(box, direction, roughness);
  return Math.max(0.06, light);
}

/** Light that falls on a matt surface. */
function irradiance(normal: Vec): number {
  let light = 0.3 + 0.16 * normal[1];
  for (const { from, share } of LAMPS) light += share * Math.max(0, dot(normal, from));
  return light;
}

/** A render material as the shader wants it. */
export function surfaceOf(material: PartMaterial): Surface {
  return {
    color: fromHex(material.color),
    metallic: material.metallic,
    roughness: Math.max(0.04, material.roughness),
  };
}

function shadeOnce(surface: Surface, normal: Vec): Rgb {
  const facing = Math.max(0, normal[2]);
  const mirrored: Vec = [2 * facing * normal[0], 2 * facing * normal[1], 2 * facing * normal[2] - 1];
  const seen = studioLight(mirrored, surface.roughness);
  const fresnel = (1 - facing) ** 5;
  const matt = irradiance(normal) * (1 - surface.metallic);
  const gloss = (0.035 + 0.5 * fresnel * (1 - surface.roughness) ** 2) * seen * (1 - 0.5 * surface.metallic);
  const metal = surface.metallic * seen;
  return [
    surface.color[0] * (matt + metal) + gloss,
    surface.color[1] * (matt + metal) + gloss,
    surface.color[2] * (matt + metal) + gloss,
  ];
}

/** Fine turning marks: the direction across them and how far they tip the normal, as a tangent. */
interface Grooves {
  readonly across: Vec;
  readonly tip: number;
}

const TIPS = [-1, -0.66, -0.33, 0, 0.33, 0.66, 1];
const TIP_WEIGHTS = [0.12, 0.15, 0.15, 0.16, 0.15, 0.15, 0.12];

/**
 * Linear light of a surface whose normal is given in camera space. Turning marks spread the mirrored studio across
 * them, which is what draws the bright fans on a turned face.
 */
export function shade(surface: Surface, normal: Vec, grooves?: Grooves): Rgb {
  if (!grooves) return shadeOnce(surface, normal);
  // Across the marks the tipped normals spread the light already; along them the ground metal mirrors more sharply.
  const ground = { ...surface, roughness: surface.roughness * 0.6 };
  let red = 0;
  let green = 0;
  let blue = 0;
  for (const [index, tip] of TIPS.entries()) {
    const weight = TIP_WEIGHTS[index] ?? 0;
    const color = shadeOnce(ground, normalize(mix(normal, 1, grooves.across, tip * grooves.tip)));
    red += color[0] * weight;
    green += color[1] * weight;
    blue += color[2] * weight;
  }
  return [red, green, blue];
}
