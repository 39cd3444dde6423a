import type { Dimensions } from '../../../shared/domain/index.ts';
import type { ProfilePoint } from '../paint/lathe.ts';
import { cutsOf, itemsBehindInner, itemsOfInner, type RadialParts } from './build.ts';
import { boltItems } from './bolts.ts';
import type { Cut, Item, Model, Prism } from './model.ts';

type Point = readonly [number, number];

/** Proportions of a square flange over the seat's diameter, after F 205 (D 52: side 95, bolts 70 apart, boss 70). */
const SHAPE = { side: 1.83, bolts: 1.35, bolt: 0.105, boss: 0.68, corner: 0.27 } as const;
/** Along the axis over the depth B: wall, front of the flange, front of the boss, seen from the seat's middle. */
const DEPTH = { back: -0.55, flange: -0.05, boss: 0.45 } as const;

/** A square with round corners, counter-clockwise. */
function roundedSquare(half: number, corner: number): Point[] {
  const inner = half - corner;
  const centers: Point[] = [
    [inner, -inner],
    [inner, inner],
    [-inner, inner],
    [-inner, -inner],
  ];
  return centers.flatMap(([x, y], quarter) =>
    Array.from({ length: 9 }, (_, i): Point => {
      const angle = ((quarter - 1 + i / 8) * Math.PI) / 2;
      return [x + corner * Math.cos(angle), y + corner * Math.sin(angle)];
    }),
  );
}

/** A square flange housing with four bolts; the bearing mounted in it, or bare. */
export function flangeHousing({ d, D, B }: Dimensions, bearing: RadialParts | null, screwed: boolean): Model {
  const half = (SHAPE.side * D) / 2;
  const boss = SHAPE.boss * D;
  const [back, flange, front] = [DEPTH.back * B, DEPTH.flange * B, DEPTH.boss * B];
  const seatEdge = 0.43 * D;
  const bow = (z: number): number => Math.max(seatEdge, Math.sqrt(Math.max(0, (D / 2) ** 2 - z ** 2)));
  const seat = [front, front * 0.6, 0, back * 0.4, back * 0.7, back].map((z): ProfilePoint => [bow(z), z]);
  const body: Prism = {
    type: 'prism',
    part: 'housing',
    outline: roundedSquare(half, SHAPE.corner * D),
    holes: [{ x: 0, y: 0, radius: boss }],
    back,
    front: flange,
  };
  const lip = 0.04 * B;
  const shell: ProfilePoint[] = [
    [boss * 1.05, flange],
    [boss, flange + lip],
    [boss, front - lip],
    [boss - lip, front],
    [bow(front), front],
  ];
  const bolts = [45, 135, 225, 315].flatMap((degrees) => {
    const angle = (degrees * Math.PI) / 180;
    const away = (SHAPE.bolts * D) / Math.SQRT2;
    const at = [away * Math.cos(angle), away * Math.sin(angle), flange] as const;
    return boltItems(at, [0, 0, 1], SHAPE.bolt * D, screwed);
  });
  const items: Item[] = [
    { type: 'turned', part: 'housing', points: seat, light: 0.6, marks: true },
    ...(bearing ? itemsBehindInner(bearing) : []),
    body,
    { type: 'turned', part: 'housing', points: shell, light: 1, marks: false },
    ...bolts,
    ...(bearing ? itemsOfInner(bearing) : []),
  ];
  const upper: Point[] = [
    [back, half],
    [flange, half],
    [flange, boss],
    [front, boss],
    ...seat.map(([r, z]): Point => [z, r]),
  ];
  const mirrored = (outline: readonly Point[]): Point[] => outline.map(([z, r]) => [z, -r]);
  const inside = bearing ? cutsOf(bearing) : [];
  const block: Cut = { part: 'housing', style: 'hatched', outline: upper };
  const above = [block, ...inside];
  const ends = bearing?.inner ? bearing.inner.outline.map(([, z]) => z) : [];
  const bore = bearing ? d / 2 : D / 2;
  const [left, right] = [Math.min(back, ...ends), Math.max(front, ...ends)];
  const corners = [back, flange].flatMap((z) =>
    [-half, half].flatMap((x) => [-half, half].map((y) => ({ radius: 0, x, y, z }))),
  );
  return {
    posture: 'standing',
    items,
    cuts: [...above, ...above.map((cut) => ({ ...cut, outline: mirrored(cut.outline) }))],
    backdrops: [
      { part: bearing ? 'inner_ring' : 'housing', from: [left, -bore], to: [right, bore], radius: bore, hollow: true },
    ],
    hull: [...corners, { radius: boss, x: 0, y: 0, z: front }, ...ends.map((z) => ({ radius: d / 2, x: 0, y: 0, z }))],
    footprint: { level: -half, across: half, along: B * 0.5 },
    section: { left, right, bottom: -half, top: half },
  };
}
