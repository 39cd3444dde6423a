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

/** A frame in camera space on a picture: what circles around its axis are drawn with. */
export interface Turning {
  readonly screen: Screen;
  readonly frame: Frame;
}

/** A circle around the axis: radius and place along the axis, mm. */
type Circle = readonly [radius: number, z: number];

function place({ screen, frame }: Turning, [radius, z]: Circle, angle: number): string {
  const [x, y] = toScreen(screen, onCircle(frame, radius, z, angle));
  return `${num(x)} ${num(y)}`;
}

/** Draws on along the circle (an ellipse in the picture) from one angle to another, up to a full turn. */
function arcTo(turning: Turning, circle: Circle, from: number, to: number): string {
  const { screen, frame } = turning;
  const axis = axisOnScreen(frame);
  const major = circle[0] * screen.scale;
  const rotation = (Math.atan2(axis.y, axis.x) * 180) / Math.PI;
  const rising = to > from;
  const sweep = frame.z[2] > 0 === rising ? 0 : 1;
  const large = Math.abs(to - from) > Math.PI ? 1 : 0;
  const shape = `${num(major * Math.abs(frame.z[2]))} ${num(major)} ${num(rotation)} ${large} ${sweep}`;
  return `A${shape} ${place(turning, circle, to)}`;
}

/** The whole circle as a closed path; nothing where the radius is 0. */
export function circlePath(turning: Turning, circle: Circle): string {
  if (circle[0] <= 0) return '';
  const half = arcTo(turning, circle, 0, Math.PI);
  return `M${place(turning, circle, 0)}${half}${arcTo(turning, circle, Math.PI, 2 * Math.PI)}Z`;
}

/** The part of a cone between two circles and two angles, as a closed path. Either circle may be a point. */
export function sectorPath(
  turning: Turning,
  [first, second]: readonly [Circle, Circle],
  from: number,
  to: number,
): string {
  const out = first[0] > 0 ? arcTo(turning, first, from, to) : '';
  const back = second[0] > 0 ? arcTo(turning, second, to, from) : '';
  return `M${place(turning, first, from)}${out}L${place(turning, second, to)}${back}Z`;
}
