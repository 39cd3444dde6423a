import type { ProfilePoint } from '../paint/lathe.ts';
import type { Prism } from './model.ts';

type Point = readonly [number, number];

/** Proportions of a pillow block over the bearing's outside diameter, after P 205 (D 52: h 36.5, L 140, J 105, 71 high). */
const SHAPE = { height: 0.7, top: 0.665, length: 2.69, bolts: 2.02, bolt: 0.125, foot: 0.255, flare: 0.78 } as const;
/** Width of the body over that of its foot, and the height of the boss around the seat over the width. */
const BODY_SHARE = 0.66;
const BOSS_SHARE = 0.04;

/** The lengths of one pillow block, mm; the seat's centre is the origin. */
export interface HousingShape {
  /** Level of the ground and of the foot's top, radius of the arch, half length of the foot. */
  readonly bottom: number;
  readonly foot: number;
  readonly top: number;
  readonly half: number;
  /** Half widths of foot and body, and how far the boss stands out. */
  readonly footHalf: number;
  readonly bodyHalf: number;
  readonly boss: number;
  /** Distance of the bolts from the middle, and their radius. */
  readonly bolts: number;
  readonly bolt: number;
  /** Half width of the body where it meets the foot. */
  readonly flare: number;
  /** The spherical seat from its front edge to its back edge. */
  readonly seat: readonly ProfilePoint[];
  readonly seatEdge: number;
}

/** The shape of the block for a bearing of outside diameter `D` on a foot of width `B`. */
export function housingShape(D: number, B: number): HousingShape {
  const bodyHalf = (B * BODY_SHARE) / 2;
  const sphere = (z: number): number => Math.sqrt(Math.max((0.4 * D) ** 2, (D / 2) ** 2 - z ** 2));
  const seatEdge = Math.min(sphere(bodyHalf), 0.43 * D);
  const inside = [0.9, 0.6, 0.2, -0.2, -0.6, -0.9].map((share): ProfilePoint => [
    sphere(share * bodyHalf),
    share * bodyHalf,
  ]);
  const seat: ProfilePoint[] = [[seatEdge, bodyHalf], ...inside, [seatEdge, -bodyHalf]];
  return {
    bottom: -SHAPE.height * D,
    foot: (SHAPE.foot - SHAPE.height) * D,
    top: SHAPE.top * D,
    half: (SHAPE.length * D) / 2,
    footHalf: B / 2,
    bodyHalf,
    boss: B * BOSS_SHARE,
    bolts: (SHAPE.bolts * D) / 2,
    bolt: SHAPE.bolt * D,
    flare: SHAPE.flare * D,
    seat,
    seatEdge,
  };
}

/** The arch around the seat, flowing down into the foot; counter-clockwise from the lower left. */
function archOutline({ top, foot, flare }: HousingShape): Point[] {
  const lowest = -24;
  const arch = Array.from({ length: 61 }, (_, i): Point => {
    const angle = ((lowest + ((180 - 2 * lowest) * i) / 60) * Math.PI) / 180;
    return [top * Math.cos(angle), top * Math.sin(angle)];
  });
  const edge = arch[0] ?? [top, 0];
  const side = Array.from({ length: 8 }, (_, i): Point => {
    const turn = (i / 8) * (Math.PI / 2);
    return [flare + (edge[0] - flare) * Math.sin(turn), foot + (edge[1] - foot) * (1 - Math.cos(turn))];
  });
  const left = [...side].reverse().map(([x, y]): Point => [-x, y]);
  return [...side, ...arch, ...left];
}

/** The foot with rounded upper edges. */
function footOutline({ half, bottom, foot }: HousingShape): Point[] {
  const round = (foot - bottom) * 0.45;
  const corner = Array.from({ length: 9 }, (_, i): Point => {
    const angle = (i / 8) * (Math.PI / 2);
    return [half - round + round * Math.cos(angle), foot - round + round * Math.sin(angle)];
  });
  const left = [...corner].reverse().map(([x, y]): Point => [-x, y]);
  return [[-half, bottom], [half, bottom], ...corner, ...left];
}

/** The bodies of the block: the foot up to the body's front, the body, and the foot in front of it. */
export function housingPrisms(shape: HousingShape): {
  readonly back: Prism;
  readonly body: Prism;
  readonly front: Prism;
} {
  const { footHalf, bodyHalf, seatEdge } = shape;
  const foot: Omit<Prism, 'back' | 'front'> = {
    type: 'prism',
    part: 'housing',
    outline: footOutline(shape),
    holes: [],
  };
  return {
    back: { ...foot, back: -footHalf, front: bodyHalf },
    body: {
      type: 'prism',
      part: 'housing',
      outline: archOutline(shape),
      holes: [{ x: 0, y: 0, radius: seatEdge }],
      back: -bodyHalf,
      front: bodyHalf,
    },
    front: { ...foot, back: bodyHalf, front: footHalf },
  };
}

/** The areas of the block above and below the seat in the cross-section. */
export function housingOutlines(shape: HousingShape): { readonly upper: Point[]; readonly lower: Point[] } {
  const { bottom, foot, top, footHalf, bodyHalf: w, seat } = shape;
  return {
    upper: [[-w, top], [w, top], ...seat.map(([r, z]): Point => [z, r])],
    lower: [
      [-footHalf, bottom],
      [footHalf, bottom],
      [footHalf, foot],
      [w, foot],
      ...seat.map(([r, z]): Point => [z, -r]),
      [-w, foot],
      [-footHalf, foot],
    ],
  };
}
