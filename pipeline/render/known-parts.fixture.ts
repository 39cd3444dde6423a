import type { RenderSettings } from '../../shared/domain/index.ts';
import type { PartMaterial, RenderRequest } from './renderer.ts';

type KnownPart = Pick<RenderRequest['product'], 'kind' | 'dimensions'> & { readonly parts: readonly string[] };

const RINGS = ['inner_ring', 'outer_ring', 'rolling_elements', 'cage'];
const WASHERS = ['washer_shaft', 'washer_housing', 'rolling_elements', 'cage'];
const plain = { rows: 1, closure: 'open' } as const;

/** One bearing of every kind and of every design that is drawn differently, by its designation. */
export const KNOWN_PARTS: Readonly<Record<string, KnownPart>> = {
  '6205': { kind: 'deep_groove', dimensions: { ...plain, d: 25, D: 52, B: 15, r: 1 }, parts: RINGS },
  '6205-2RS': {
    kind: 'deep_groove',
    dimensions: { d: 25, D: 52, B: 15, rows: 1, closure: 'seal' },
    parts: [...RINGS, 'seal'],
  },
  '6205-2Z': {
    kind: 'deep_groove',
    dimensions: { d: 25, D: 52, B: 15, rows: 1, closure: 'shield' },
    parts: [...RINGS, 'shield'],
  },
  '7208-B': { kind: 'angular_contact', dimensions: { ...plain, d: 40, D: 80, B: 18, alpha: 40 }, parts: RINGS },
  '3206-BD': { kind: 'angular_contact', dimensions: { ...plain, d: 30, D: 62, B: 23.8, rows: 2 }, parts: RINGS },
  '1206': { kind: 'self_aligning', dimensions: { ...plain, d: 30, D: 62, B: 16, rows: 2 }, parts: RINGS },
  NU208: { kind: 'cylindrical_roller', dimensions: { ...plain, d: 40, D: 80, B: 18 }, parts: RINGS },
  NUP208: { kind: 'cylindrical_roller', dimensions: { ...plain, d: 40, D: 80, B: 18 }, parts: RINGS },
  '30206': { kind: 'tapered_roller', dimensions: { ...plain, d: 30, D: 62, B: 17.25, alpha: 14 }, parts: RINGS },
  '22212': { kind: 'spherical_roller', dimensions: { ...plain, d: 60, D: 110, B: 28, rows: 2 }, parts: RINGS },
  NA4905: { kind: 'needle_roller', dimensions: { ...plain, d: 25, D: 42, B: 17 }, parts: RINGS },
  HK2020: { kind: 'needle_roller', dimensions: { ...plain, d: 20, D: 26, B: 20 }, parts: RINGS.slice(1) },
  '51107': { kind: 'thrust_ball', dimensions: { ...plain, d: 35, D: 52, B: 12, alpha: 90 }, parts: WASHERS },
  '81110': { kind: 'thrust_roller', dimensions: { ...plain, d: 50, D: 70, B: 14 }, parts: WASHERS },
  '29320-E1': { kind: 'thrust_roller', dimensions: { ...plain, d: 100, D: 170, B: 42 }, parts: WASHERS },
  UC205: {
    kind: 'insert',
    dimensions: { d: 25, D: 52, B: 34.1, rows: 1, closure: 'seal' },
    parts: [...RINGS, 'seal', 'screw'],
  },
  P205: { kind: 'housing', dimensions: { ...plain, d: 25, D: 52, B: 38 }, parts: ['housing', 'screw'] },
  UCF205: {
    kind: 'housing',
    dimensions: { d: 25, D: 52, B: 27, rows: 1, closure: 'seal' },
    parts: [...RINGS, 'seal', 'screw', 'housing'],
  },
};

export const STEEL: PartMaterial = { color: '#8d9299', metallic: 1, roughness: 0.35 };
export const BRASS: PartMaterial = { color: '#c08a2e', metallic: 1, roughness: 0.3 };

const SETTINGS: RenderSettings = {
  format: 'png',
  width: 160,
  height: 160,
  quality: 85,
  background: 'transparent',
  samples: 64,
  camera: 'three_quarter',
};

/** The request for a known part, all of one material, with settings changed as asked for. */
export function requestFor(
  designation: string,
  settings: Partial<RenderSettings> = {},
  material: PartMaterial = STEEL,
): RenderRequest {
  const known = KNOWN_PARTS[designation];
  if (!known) throw new Error(`no known part ${designation}`);
  const { kind, dimensions, parts } = known;
  return {
    product: {
      pim_id: `KL-${designation}`,
      designation,
      kind,
      dimensions,
      cad_materials: Object.fromEntries(parts.map((part) => [part, '100Cr6'])),
    },
    materials: Object.fromEntries(parts.map((part) => [part, material])),
    settings: { ...SETTINGS, ...settings },
  };
}
