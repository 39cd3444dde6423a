import { dim, toHex, type Rgb } from '../shading/color.ts';
import { shade, type Surface } from '../shading/studio.ts';
import type { Vec } from '../scene/vector.ts';
import { num, type Canvas, type Stop } from './canvas.ts';

/** Where the key light is mirrored on a ball, in units of its radius. */
const HIGHLIGHT = { x: -0.42, y: 0.46 } as const;
/** Directions in which the way from the highlight to the rim is sampled: across the ball and to both sides. */
const WAYS = [0, 0.8, -0.8];

function normalAt(x: number, y: number): Vec {
  return [x, y, Math.sqrt(Math.max(0, 1 - x * x - y * y))];
}

/** The colour at a share of the way from the highlight to the rim, averaged over the ways. */
function colorAlong(surface: Surface, share: number): Rgb {
  let sum: Rgb = [0, 0, 0];
  const away = Math.atan2(-HIGHLIGHT.y, -HIGHLIGHT.x);
  for (const turn of WAYS) {
    const dx = Math.cos(away + turn);
    const dy = Math.sin(away + turn);
    const towards = HIGHLIGHT.x * dx + HIGHLIGHT.y * dy;
    const reach = -towards + Math.sqrt(towards ** 2 + 1 - HIGHLIGHT.x ** 2 - HIGHLIGHT.y ** 2);
    const at = share * reach * 0.985;
    const color = shade(surface, normalAt(HIGHLIGHT.x + dx * at, HIGHLIGHT.y + dy * at));
    sum = [sum[0] + color[0] / WAYS.length, sum[1] + color[1] / WAYS.length, sum[2] + color[2] / WAYS.length];
  }
  return sum;
}

function ballStops(surface: Surface, light: number): Stop[] {
  return [0, 0.08, 0.16, 0.26, 0.38, 0.52, 0.66, 0.8, 0.92, 1].map((at) => ({
    at,
    color: toHex(dim(colorAlong(surface, at), light * (at > 0.85 ? 0.85 : 1))),
  }));
}

/** A ball on the picture, pixels. */
interface BallPlace {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** The paint of a ball of this material; the same for every ball, whatever its size and place. */
export function ballPaint(canvas: Canvas, surface: Surface, light: number): string {
  return canvas.radial([0.5 + HIGHLIGHT.x / 2, 0.5 - HIGHLIGHT.y / 2], ballStops(surface, light));
}

/** The same paint for a piece of a ball's skin: the ball's own place and radius, pixels. */
export function domePaint(canvas: Canvas, surface: Surface, light: number, ball: BallPlace): string {
  const stops = ballStops(surface, light);
  const focus = [ball.x + HIGHLIGHT.x * ball.radius, ball.y - HIGHLIGHT.y * ball.radius] as const;
  return canvas.radialAt([ball.x, ball.y], ball.radius, focus, stops);
}

/** Paints a whole ball. */
export function paintBall(canvas: Canvas, paint: string, { x, y, radius }: BallPlace): void {
  canvas.add(`<circle cx="${num(x)}" cy="${num(y)}" r="${num(radius)}" fill="${paint}"/>`);
}
