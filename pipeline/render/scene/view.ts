import { cross, dot, normalize, type Vec } from './vector.ts';

/** How the part stands: on its outside like a wheel, or flat on its face (thrust bearings). Its axis is z either way. */
export type Posture = 'standing' | 'lying';

/** Parallel projection: the directions of the picture in the part's own space. */
export interface View {
  readonly right: Vec;
  readonly up: Vec;
  /** From the part to the viewer. */
  readonly toward: Vec;
}

/** The picture plane: a view with a scale and the place of the part's origin, pixels, y down. */
export interface Screen {
  readonly view: View;
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

const degrees = Math.PI / 180;

function lookFrom(toward: Vec, upHint: Vec): View {
  const w = normalize(toward);
  const right = normalize(cross(upHint, w));
  return { right, up: cross(w, right), toward: w };
}

/** Along the axis: the face seen square on. */
export function frontView(): View {
  return lookFrom([0, 0, 1], [0, 1, 0]);
}

/** Turned and tilted, so that face, bore and width are all seen. */
export function threeQuarterView(posture: Posture): View {
  if (posture === 'lying') {
    const pitch = 34 * degrees;
    return lookFrom([0, -Math.cos(pitch), Math.sin(pitch)], [0, 0, 1]);
  }
  const yaw = 36 * degrees;
  const pitch = 15 * degrees;
  return lookFrom([Math.sin(yaw) * Math.cos(pitch), Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch)], [0, 1, 0]);
}

/** A direction of the part's space in camera space. */
export function toCamera(view: View, v: Vec): Vec {
  return [dot(v, view.right), dot(v, view.up), dot(v, view.toward)];
}

/** Where a point given in camera space falls on the picture. */
export function toScreen(screen: Screen, p: Vec): readonly [number, number] {
  return [screen.x + p[0] * screen.scale, screen.y - p[1] * screen.scale];
}
