import { dim, toHex } from '../shading/color.ts';
import { shade, type Surface } from '../shading/studio.ts';
import type { Vec } from '../scene/vector.ts';
import { toCamera, toScreen, type Screen } from '../scene/view.ts';
import type { Prism } from '../model/model.ts';
import { BEARING_FRAME, circlePath, frameInCamera } from '../scene/circle.ts';
import { num, type Canvas } from './canvas.ts';

function pathOf(screen: Screen, points: readonly Vec[]): string {
  return `M${points.map((point) => toScreen(screen, toCamera(screen.view, point)).map(num).join(' ')).join('L')}Z`;
}

function paintSides(canvas: Canvas, screen: Screen, prism: Prism, surface: Surface): void {
  const { outline, back, front } = prism;
  for (const [index, from] of outline.entries()) {
    const to = outline[(index + 1) % outline.length];
    if (!to) continue;
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (length < 1e-9) continue;
    const normal = toCamera(screen.view, [(to[1] - from[1]) / length, (from[0] - to[0]) / length, 0]);
    if (normal[2] <= 0) continue;
    const color = toHex(shade(surface, normal));
    const corners: Vec[] = [
      [from[0], from[1], back],
      [to[0], to[1], back],
      [to[0], to[1], front],
      [from[0], from[1], front],
    ];
    canvas.add(`<path d="${pathOf(screen, corners)}" fill="${color}" stroke="${color}" stroke-width="0.8"/>`);
  }
}

function paintFront(canvas: Canvas, screen: Screen, prism: Prism, surface: Surface): void {
  const normal = toCamera(screen.view, [0, 0, 1]);
  if (normal[2] <= 0) return;
  const color = shade(surface, normal);
  const ys = prism.outline.map(([, y]) => y);
  const at = (y: number): readonly [number, number] => toScreen(screen, toCamera(screen.view, [0, y, prism.front]));
  const paint = canvas.linear(at(Math.max(...ys)), at(Math.min(...ys)), [
    { at: 0, color: toHex(dim(color, 1.2)) },
    { at: 0.55, color: toHex(color) },
    { at: 1, color: toHex(dim(color, 0.78)) },
  ]);
  const frame = frameInCamera(screen, BEARING_FRAME);
  const holes = prism.holes.map(({ x, y, radius }) => {
    const origin = toCamera(screen.view, [x, y, 0]);
    return circlePath({ screen, frame: { ...frame, origin } }, [radius, prism.front]);
  });
  canvas.fill(
    pathOf(
      screen,
      prism.outline.map(([x, y]): Vec => [x, y, prism.front]),
    ) + holes.join(''),
    paint,
  );
}

/** Paints a body of constant outline: its sides towards the viewer, then its front with the holes left open. */
export function paintPrism(canvas: Canvas, screen: Screen, prism: Prism, surface: Surface): void {
  paintSides(canvas, screen, prism, surface);
  paintFront(canvas, screen, prism, surface);
}
