import type { Backdrop, Cut, Model, PartName } from '../model/model.ts';
import { dim, luminance, toHex } from '../shading/color.ts';
import { shade, type Surface } from '../shading/studio.ts';
import { ballPaint } from './ball.ts';
import { num, type Canvas, type Stop } from './canvas.ts';

/** From the cross-section's own directions (along the axis, away from it) to pixels. */
interface SectionPlane {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  /** The axis runs upwards instead of to the right. */
  readonly upright: boolean;
  /** Width of an edge line, pixels. */
  readonly line: number;
  /** Colour of the chain line that marks the axis. */
  readonly axisColor: string;
}

function at(plane: SectionPlane, along: number, away: number): readonly [number, number] {
  return plane.upright
    ? [plane.x + away * plane.scale, plane.y - along * plane.scale]
    : [plane.x + along * plane.scale, plane.y - away * plane.scale];
}

function pathOf(plane: SectionPlane, outline: Cut['outline']): string {
  return `M${outline.map(([along, away]) => at(plane, along, away).map(num).join(' ')).join('L')}Z`;
}

interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function boxOf(plane: SectionPlane, outline: Cut['outline']): PixelBox {
  const points = outline.map(([along, away]) => at(plane, along, away));
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** Each part has its own hatching, so that neighbours are told apart. */
const LEANS_BACK: ReadonlySet<PartName> = new Set<PartName>(['inner_ring', 'washer_shaft', 'housing']);

function hatchPath({ left, top, right, bottom }: PixelBox, spacing: number, back: boolean): string {
  const height = bottom - top;
  const lines: string[] = [];
  const first = Math.floor((left - height) / spacing) * spacing;
  for (let x = first; x < right; x += spacing) {
    lines.push(
      back
        ? `M${num(x)} ${num(top)}l${num(height)} ${num(height)}`
        : `M${num(x)} ${num(bottom)}l${num(height)} ${num(-height)}`,
    );
  }
  return lines.join('');
}

/** Lines that are seen on the material: darker on light ones, lighter on dark ones. */
function lineColor(surface: Surface): string {
  return luminance(surface.color) > 0.08 ? toHex(dim(surface.color, 0.16)) : '#9aa1a8';
}

function paintCut(canvas: Canvas, plane: SectionPlane, cut: Cut, surface: Surface): void {
  const path = pathOf(plane, cut.outline);
  const box = boxOf(plane, cut.outline);
  const line = lineColor(surface);
  const edge = `stroke="${line}" stroke-width="${num(plane.line)}" stroke-linejoin="round"`;
  if (cut.style === 'ball') {
    canvas.add(`<path d="${path}" fill="${ballPaint(canvas, surface, 1)}" ${edge}/>`);
    return;
  }
  if (cut.style === 'roller') {
    const stops = [-0.95, -0.7, -0.4, 0, 0.35, 0.65, 0.9].map((y): Stop => {
      const color = shade(surface, [0, -y, Math.sqrt(1 - y * y)]);
      return { at: (y + 1) / 2, color: toHex(color) };
    });
    canvas.add(`<path d="${path}" fill="${canvas.linear([0, box.top], [0, box.bottom], stops)}" ${edge}/>`);
    return;
  }
  const flat = dim(surface.color, 1.02);
  const stops: Stop[] = [
    { at: 0, color: toHex(dim(flat, 1.3)) },
    { at: 1, color: toHex(dim(flat, 0.82)) },
  ];
  canvas.add(`<path d="${path}" fill="${canvas.linear([box.left, box.top], [box.right, box.bottom], stops)}"/>`);
  if (cut.style === 'hatched') {
    const clip = canvas.define('clipPath', '', `<path d="${path}"/>`);
    const hatch = hatchPath(box, plane.line * 6.5, LEANS_BACK.has(cut.part));
    canvas.add(
      `<path d="${hatch}" clip-path="url(#${clip})" fill="none" stroke="${line}" stroke-opacity="0.6" stroke-width="${num(plane.line * 0.6)}"/>`,
    );
  }
  canvas.add(`<path d="${path}" fill="none" ${edge}/>`);
}

function paintBackdrop(canvas: Canvas, plane: SectionPlane, backdrop: Backdrop, surface: Surface): void {
  const [z0, r0] = backdrop.from;
  const [z1, r1] = backdrop.to;
  const corners: Cut['outline'] = [
    [z0, r0],
    [z1, r0],
    [z1, r1],
    [z0, r1],
  ];
  const count = 14;
  const stops = Array.from({ length: count + 1 }, (_, i): Stop => {
    const away = r1 + ((r0 - r1) * i) / count;
    const share = Math.max(-0.98, Math.min(0.98, away / backdrop.radius));
    const side = backdrop.hollow ? -share : share;
    const facing = Math.sqrt(1 - share * share);
    const normal = plane.upright ? ([side, 0, facing] as const) : ([0, side, facing] as const);
    return { at: i / count, color: toHex(dim(shade(surface, normal), 0.65 + 0.35 * facing)) };
  });
  const paint = canvas.linear(at(plane, z0, r1), at(plane, z0, r0), stops);
  canvas.add(
    `<path d="${pathOf(plane, corners)}" fill="${paint}" stroke="${lineColor(surface)}" stroke-width="${num(plane.line * 0.7)}"/>`,
  );
}

/** Paints the cross-section: what lies behind the cut, the cut areas, and the axis as a chain line. */
export function paintSection(
  canvas: Canvas,
  plane: SectionPlane,
  model: Model,
  surfaceOf: (part: PartName) => Surface,
): void {
  for (const backdrop of model.backdrops) paintBackdrop(canvas, plane, backdrop, surfaceOf(backdrop.part));
  for (const cut of model.cuts) paintCut(canvas, plane, cut, surfaceOf(cut.part));
  const { left, right } = model.section;
  const over = (right - left) * 0.04;
  const [x1, y1] = at(plane, left - over, 0);
  const [x2, y2] = at(plane, right + over, 0);
  const dash = plane.line * 9;
  canvas.add(
    `<path d="M${num(x1)} ${num(y1)}L${num(x2)} ${num(y2)}" stroke="${plane.axisColor}" stroke-width="${num(plane.line * 0.8)}" ` +
      `stroke-dasharray="${num(dash)} ${num(dash / 4)} ${num(dash / 5)} ${num(dash / 4)}"/>`,
  );
}
