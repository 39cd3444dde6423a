import { num } from '../paint/canvas.ts';
import { add, mix, scale, type Vec } from './vector.ts';
import { toCamera, toScreen, type Screen } from './view.ts';

/** Where a body of revolution sits: its origin and directions, z being its axis. */
export interface Frame {
  readonly origin: Vec;
  readonly x: Vec;
  readonly y: Vec;
  readonly z: Vec;
}

/** The frame of the bearing itself. */
export const BEARING_FRAME: Frame = { origin: [0, 0, 0], x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] };

/** The same frame seen by the camera. */
export function frameInCamera(screen: Screen, frame: Frame): Frame {
  const { view } = screen;
  return {
    origin: toCamera(view, frame.origin),
    x: toCamera(view, frame.x),
    y: toCamera(view, frame.y),
    z: toCamera(view, frame.z),
  };
}

/** A point of a circle around the axis, in the space of the frame. */
export function onCircle(frame: Frame, radius: number, z: number, angle: number): Vec {
  const across = mix(frame.x, radius * Math.cos(angle), frame.y, radius * Math.sin(angle));
  return add(add(frame.origin, scale(frame.z, z)), across);
}

/** Picture direction of the axis and its length per mm along it; `[1, 0]` where the axis points at the viewer. */
export function axisOnScreen(frame: Frame): { readonly x: number; readonly y: number; readonly length: number } {
  const length = Math.hypot(frame.z[0], frame.z[1]);
  if (length < 1e-6) return { x: 1, y: 0, length: 0 };
  return { x: frame.z[0] / length, y: -frame.z[1] / length, length };
}

function place(screen: Screen, frame: Frame, radius: number, z: number, angle: number): string {
  const [x, y] = toScreen(screen, onCircle(frame, radius, z, angle));
  return `${num(x)} ${num(y)}`;
}

/** Draws on along the circle (an ellipse in the picture) from one angle to another, up to a full turn. */
export function arcTo(screen: Screen, frame: Frame, radius: number, z: number, from: number, to: number): string {
  const axis = axisOnScreen(frame);
  const major = radius * screen.scale;
  const rotation = (Math.atan2(axis.y, axis.x) * 180) / Math.PI;
  const rising = to > from;
  const sweep = frame.z[2] > 0 === rising ? 0 : 1;
  const large = Math.abs(to - from) > Math.PI ? 1 : 0;
  const shape = `${num(major * Math.abs(frame.z[2]))} ${num(major)} ${num(rotation)} ${large} ${sweep}`;
  return `A${shape} ${place(screen, frame, radius, z, to)}`;
}

/** Starts at a point of the circle. */
export function moveTo(screen: Screen, frame: Frame, radius: number, z: number, angle: number): string {
  return `M${place(screen, frame, radius, z, angle)}`;
}

/** A straight line to a point of the circle. */
export function lineTo(screen: Screen, frame: Frame, radius: number, z: number, angle: number): string {
  return `L${place(screen, frame, radius, z, angle)}`;
}

/** The whole circle as a closed path. */
export function circlePath(screen: Screen, frame: Frame, radius: number, z: number): string {
  if (radius <= 0) return '';
  const start = moveTo(screen, frame, radius, z, 0);
  const half = arcTo(screen, frame, radius, z, 0, Math.PI);
  return `${start}${half}${arcTo(screen, frame, radius, z, Math.PI, 2 * Math.PI)}Z`;
}

/** The part of a cone between two circles and two angles, as a closed path. */
export function sectorPath(
  screen: Screen,
  frame: Frame,
  ends: readonly [readonly [number, number], readonly [number, number]],
  from: number,
  to: number,
): string {
  const [[r0, z0], [r1, z1]] = ends;
  const outward = r0 > 0 ? moveTo(screen, frame, r0, z0, from) + arcTo(screen, frame, r0, z0, from, to) : '';
  if (r0 <= 0) {
    return `${moveTo(screen, frame, 0, z0, 0)}${lineTo(screen, frame, r1, z1, from)}${arcTo(screen, frame, r1, z1, from, to)}Z`;
  }
  const inward = r1 > 0 ? arcTo(screen, frame, r1, z1, to, from) : '';
  return `${outward}${lineTo(screen, frame, r1, z1, to)}${inward}Z`;
}
