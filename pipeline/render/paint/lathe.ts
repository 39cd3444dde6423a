import type { Surface } from '../shading/studio.ts';
import { shade } from '../shading/studio.ts';
import { dim, hexOfLevels, toHex, toLevels, type Rgb } from '../shading/color.ts';
import { axisOnScreen, circlePath, onCircle, sectorPath, type Turning } from '../scene/circle.ts';
import { mix, type Vec } from '../scene/vector.ts';
import { toScreen } from '../scene/view.ts';
import type { Canvas, Stop } from './canvas.ts';

/** A point of a profile that is turned around the axis: radius and place along the axis, mm. */
export type ProfilePoint = readonly [r: number, z: number];

/** What a strip is painted with. */
interface Finish {
  readonly surface: Surface;
  /** 1 in the open, towards 0 in the dark of a gap. */
  readonly light: number;
  /** Turned on a lathe, so that it shows the fans of turning marks. */
  readonly turned: boolean;
  /** Small enough that one soft gradient says it all. */
  readonly plain: boolean;
  /** Walls: how much darker the end of the strip is than its start, 0 to 1. */
  readonly fade?: number;
}

/** A turned strip between two profile points, ready to be painted: its directions are in camera space. */
interface Strip extends Turning {
  readonly ends: readonly [ProfilePoint, ProfilePoint];
  /** Radial and axial share of the outward normal. */
  readonly normal: readonly [number, number];
  readonly finish: Finish;
}

const FACE_SAMPLES = 180;
const WALL_STOPS = { plain: 8, full: 20 } as const;
/** Strips reach this far under their neighbours, so that no background shines through where they meet. */
const BLEED_PX = 0.7;
/** Turning marks tip the normal this far on faces and on walls. */
const FACE_TIP = 0.56;
const WALL_TIP = 0.14;

function colorAt(strip: Strip, angle: number): Rgb {
  const { frame, finish } = strip;
  const [nr, nz] = strip.normal;
  const outward = mix(frame.x, Math.cos(angle), frame.y, Math.sin(angle));
  const normal: Vec = mix(outward, nr, frame.z, nz);
  const tip = Math.abs(nz) > 0.7 ? FACE_TIP : WALL_TIP;
  const grooves = finish.turned ? { across: mix(outward, -nz, frame.z, nr), tip } : undefined;
  return dim(shade(finish.surface, normal, grooves), finish.light);
}

/** The angles between which the strip faces the viewer: middle and half width (π: all around), or null. */
function visibleAngles(strip: Strip): { readonly middle: number; readonly half: number } | null {
  const [nr, nz] = strip.normal;
  const { x, y, z } = strip.frame;
  const tilt = Math.hypot(x[2], y[2]);
  const across = nr * tilt;
  const along = nz * z[2];
  if (Math.abs(across) < 1e-6) return along > 1e-6 ? { middle: 0, half: Math.PI } : null;
  const limit = -along / Math.abs(across);
  if (limit >= 1) return null;
  const toViewer = Math.atan2(y[2], x[2]);
  return {
    middle: across > 0 ? toViewer : toViewer + Math.PI,
    half: limit <= -1 ? Math.PI : Math.acos(limit),
  };
}

/** Walls: the colour runs across the axis only, so one gradient is exact. */
function paintWall(canvas: Canvas, strip: Strip, middle: number, half: number): void {
  const { screen, frame, ends } = strip;
  const axis = axisOnScreen(frame);
  const radius = (ends[0][0] + ends[1][0]) / 2;
  const z = (ends[0][1] + ends[1][1]) / 2;
  const across = (angle: number): number => {
    const [x, y] = toScreen(screen, onCircle(frame, radius, z, angle));
    return x * -axis.y + y * axis.x;
  };
  const reach = Math.min(half, Math.PI / 2);
  const first = across(middle - reach);
  const last = across(middle + reach);
  const [cx, cy] = toScreen(screen, onCircle(frame, 0, z, 0));
  const center = cx * -axis.y + cy * axis.x;
  const stops: Stop[] = [];
  const count = strip.finish.plain ? WALL_STOPS.plain : WALL_STOPS.full;
  for (let i = 0; i <= count; i += 1) {
    const angle = middle - reach + (2 * reach * i) / count;
    stops.push({ at: (across(angle) - first) / (last - first), color: toHex(colorAt(strip, angle)) });
  }
  const at = (v: number): [number, number] => [cx - axis.y * (v - center), cy + axis.x * (v - center)];
  const path = sectorPath(strip, ends, middle - half, middle + half);
  const paint = canvas.linear(at(first), at(last), stops);
  if (strip.finish.fade === undefined) {
    canvas.fill(path, paint);
    return;
  }
  // The far wall of a long bore reaches out of the bore's mouth in the picture, where it is not to be seen.
  const mouth = circlePath(strip, [ends[0][0] + 1 / screen.scale, ends[0][1]]);
  const shadow = fadePaint(canvas, strip, middle, strip.finish.fade);
  canvas.clipped(mouth, `<path d="${path}" fill="${paint}"/><path d="${path}" fill="${shadow}"/>`);
}

/** Darkness that grows along the axis, into the depth of a bore. */
function fadePaint(canvas: Canvas, { screen, frame, ends }: Strip, middle: number, fade: number): string {
  const from = toScreen(screen, onCircle(frame, ends[0][0], ends[0][1], middle));
  const to = toScreen(screen, onCircle(frame, ends[1][0], ends[1][1], middle));
  return canvas.linear(from, to, [
    { at: 0, color: '#000000', opacity: 0 },
    { at: 1, color: '#000000', opacity: fade },
  ]);
}

function differ(a: Rgb, b: Rgb): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));
}

/** Levels of colour that one flat sector may span: fine on broad faces, coarse on hairlines. */
function allowedStep(strip: Strip): number {
  const { screen, ends } = strip;
  const breadth = Math.hypot(ends[0][0] - ends[1][0], ends[0][1] - ends[1][1]) * screen.scale;
  if (breadth < 2.5) return 12;
  return breadth < 8 ? 6 : 2.5;
}

/** Faces: the colour runs around the axis; flat sectors, each as wide as the eye allows, over the strip's mean colour. */
function paintFace(canvas: Canvas, strip: Strip): void {
  const { ends } = strip;
  const levels: Rgb[] = [];
  for (let i = 0; i < FACE_SAMPLES; i += 1) levels.push(toLevels(colorAt(strip, (i / FACE_SAMPLES) * 2 * Math.PI)));
  const step = allowedStep(strip);
  const overlap = Math.PI / FACE_SAMPLES;
  let start = 0;
  for (let i = 1; i <= FACE_SAMPLES; i += 1) {
    const first = levels[start];
    const here = levels[i % FACE_SAMPLES];
    if (!first || !here) continue;
    const half = i - start >= FACE_SAMPLES / 3;
    if (i < FACE_SAMPLES && !half && differ(first, here) <= step) continue;
    const middle = levels[Math.floor((start + i - 1) / 2)] ?? first;
    const from = (start / FACE_SAMPLES) * 2 * Math.PI;
    const to = (i / FACE_SAMPLES) * 2 * Math.PI;
    canvas.fill(sectorPath(strip, ends, from, to + overlap), hexOfLevels(middle));
    start = i;
  }
}

/** Small faces: one gradient down the light's direction. */
function paintPlainFace(canvas: Canvas, strip: Strip): void {
  const { screen, frame, ends } = strip;
  const radius = Math.max(ends[0][0], ends[1][0]) * screen.scale;
  const [x, y] = toScreen(screen, onCircle(frame, 0, ends[0][1], 0));
  const color = colorAt(strip, Math.PI / 2);
  const paint = canvas.linear(
    [x - radius * 0.6, y - radius * 0.75],
    [x + radius * 0.6, y + radius * 0.75],
    [
      { at: 0, color: toHex(dim(color, 1.45)) },
      { at: 0.5, color: toHex(color) },
      { at: 1, color: toHex(dim(color, 0.6)) },
    ],
  );
  const holes = circlePath(strip, ends[0]) + circlePath(strip, ends[1]);
  canvas.fill(holes, paint);
}

/** Paints the strip of a turned body between two profile points; the body lies to the left of the way from one to the other. */
function paintStrip(
  canvas: Canvas,
  { screen, frame }: Turning,
  ends: readonly [ProfilePoint, ProfilePoint],
  finish: Finish,
): void {
  const dr = ends[1][0] - ends[0][0];
  const dz = ends[1][1] - ends[0][1];
  const length = Math.hypot(dr, dz);
  if (length < 1e-9) return;
  const bleed = BLEED_PX / screen.scale / length;
  const strip: Strip = {
    screen,
    frame,
    ends: [
      [Math.max(0, ends[0][0] - dr * bleed), ends[0][1] - dz * bleed],
      [Math.max(0, ends[1][0] + dr * bleed), ends[1][1] + dz * bleed],
    ],
    normal: [dz / length, -dr / length],
    finish,
  };
  const visible = visibleAngles(strip);
  if (!visible) return;
  if (visible.half < Math.PI) paintWall(canvas, strip, visible.middle, visible.half);
  else if (finish.plain) paintPlainFace(canvas, strip);
  else paintFace(canvas, strip);
}

/** Paints a turned body, or part of its skin, strip by strip along its profile. */
export function paintProfile(canvas: Canvas, turning: Turning, points: readonly ProfilePoint[], finish: Finish): void {
  for (const [index, from] of points.entries()) {
    const to = points[index + 1];
    if (to) paintStrip(canvas, turning, [from, to], finish);
  }
}
