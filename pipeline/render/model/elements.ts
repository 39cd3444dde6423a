import type { Dimensions, PartKind } from '../../../shared/domain/index.ts';

/** The rolling elements of one row. */
export interface ElementPlan {
  /** Ball or (mean) roller diameter, mm. */
  readonly diameter: number;
  /** Roller length, mm; a ball's is its diameter. */
  readonly length: number;
  /** Elements in a row. */
  readonly count: number;
  /** Diameter of the circle their centres lie on, mm. */
  readonly pitch: number;
}

interface Ratios {
  /** Element diameter over section height (D − d) / 2. */
  readonly section: number;
  /** Greatest element diameter over the width of one row. */
  readonly width: number;
  /** Roller length over the width of one row; null for balls. */
  readonly length: number | null;
  /** Share of the pitch circle that is filled where there is a cage. */
  readonly fill: number;
}

/**
 * Usual proportions, taken so that known bearings come out right: 6205 has 9 balls of 7.94 mm, 6305 seven, 6008
 * twelve; 1206 has 14 a row, NU 208 14 rollers of 11 x 11; 30206 17; 51107 about 20 balls.
 */
const RATIOS: Record<Exclude<PartKind, 'housing'>, Ratios> = {
  deep_groove: { section: 0.588, width: 0.8, length: null, fill: 0.6 },
  insert: { section: 0.588, width: 0.8, length: null, fill: 0.6 },
  angular_contact: { section: 0.595, width: 0.85, length: null, fill: 0.86 },
  self_aligning: { section: 0.49, width: 0.95, length: null, fill: 0.76 },
  cylindrical_roller: { section: 0.55, width: 0.8, length: 0.63, fill: 0.82 },
  tapered_roller: { section: 0.46, width: 0.6, length: 0.64, fill: 0.87 },
  spherical_roller: { section: 0.55, width: 1.02, length: 0.86, fill: 0.92 },
  needle_roller: { section: 0.34, width: 0.3, length: 0.78, fill: 0.84 },
  thrust_ball: { section: 0.66, width: 0.55, length: null, fill: 0.8 },
  thrust_roller: { section: 0.5, width: 0.43, length: 0.62, fill: 0.78 },
};

/** Share of the pitch circle that touching elements with a little play fill: a full complement. */
const FULL_COMPLEMENT = 0.985;

/** Bearings with fewer or more elements in a row than this are not drawn; real ones have 5 to about 150. */
export const ELEMENT_COUNT = { min: 4, max: 260 } as const;

/**
 * Size and number of the rolling elements that fit into the boundary dimensions. Without a cage the row is full.
 * `ringless`: needle rollers that run on the shaft itself, with no inner ring.
 */
export function planElements(
  kind: Exclude<PartKind, 'housing'>,
  { d, D, B, rows }: Pick<Dimensions, 'd' | 'D' | 'B' | 'rows'>,
  options: { readonly caged: boolean; readonly ringless?: boolean },
): ElementPlan {
  const ratios = RATIOS[kind];
  const section = (D - d) / 2;
  const lying = kind === 'thrust_ball' || kind === 'thrust_roller';
  const width = B / (lying ? 1 : rows);
  const share = options.ringless ? 0.62 : ratios.section;
  const diameter = Math.min(share * section, ratios.width * width);
  const pitch = options.ringless ? d + diameter : (d + D) / 2;
  const length = ratios.length === null ? diameter : ratios.length * (lying ? section : width);
  const tightest = kind === 'thrust_roller' ? pitch - length : pitch;
  const fill = options.caged ? ratios.fill : FULL_COMPLEMENT;
  const touching = Math.PI / Math.asin(Math.min(1, diameter / tightest));
  return { diameter, length, count: Math.round(touching * fill - (options.caged ? 0 : 0.5)), pitch };
}
