import { dim, toHex } from '../shading/color.ts';
import { shade, type Surface } from '../shading/studio.ts';
import type { Vec } from '../scene/vector.ts';
import { BEARING_FRAME, circlePath, frameInCamera } from '../scene/circle.ts';
import { toCamera, toScreen, type Screen } from '../scene/view.ts';
import type { Ribbon } from '../model/model.ts';
import { domePaint } from './ball.ts';
import { num, type Canvas } from './canvas.ts';

/** Points along each edge of a bulge. */
const EDGE_STEPS = 14;

/** A point on the edge of a bulge: `turn` from the ball's middle around the bearing, `across` from the pitch circle. */
function edgePoint(ribbon: Ribbon, ball: number, turn: number, across: number): Vec {
  const tangential = turn * ribbon.pitchRadius;
  const dome = Math.sqrt(Math.max(0, ribbon.bulge ** 2 - tangential ** 2 - across ** 2));
  const radius = ribbon.pitchRadius + across;
  return [radius * Math.cos(ball + turn), radius * Math.sin(ball + turn), Math.max(ribbon.flat, ribbon.center + dome)];
}

function domePath(screen: Screen, ribbon: Ribbon, ball: number): string {
  const half = ribbon.width / 2;
  const rise = ribbon.flat - ribbon.center;
  const reach = Math.sqrt(Math.max(0, ribbon.bulge ** 2 - half ** 2 - rise ** 2)) / ribbon.pitchRadius;
  const turns = Array.from({ length: EDGE_STEPS + 1 }, (_, i) => -reach * Math.cos((i / EDGE_STEPS) * Math.PI));
  const outer = turns.map((turn) => edgePoint(ribbon, ball, turn, half));
  const inner = turns.map((turn) => edgePoint(ribbon, ball, -turn, -half));
  const points = [...outer, ...inner].map((point) => toScreen(screen, toCamera(screen.view, point)).map(num).join(' '));
  return `M${points.join('L')}Z`;
}

/** Paints a pressed cage: its flat band, a rivet between each two balls, and a bulge over each ball, the farthest first. */
export function paintRibbon(canvas: Canvas, screen: Screen, ribbon: Ribbon, surface: Surface): void {
  const frame = frameInCamera(screen, BEARING_FRAME);
  const { pitchRadius: p, width, flat, light, count } = ribbon;
  const band = dim(shade(surface, frame.z), light);
  canvas.fill(
    circlePath({ screen, frame }, [p + width / 2, flat]) + circlePath({ screen, frame }, [p - width / 2, flat]),
    toHex(dim(band, 0.8)),
  );
  const edge = toHex(dim(band, 0.3));
  const line = Math.max(0.4, ribbon.bulge * screen.scale * 0.025);
  const rivet = Math.min(width * 0.2, (p * Math.PI) / count - ribbon.bulge * 0.9) * screen.scale;
  const angles = Array.from({ length: count }, (_, i) => ribbon.phase + (i / count) * 2 * Math.PI);
  const nearness = (angle: number): number => toCamera(screen.view, [Math.cos(angle), Math.sin(angle), 0])[2];
  angles.sort((a, b) => nearness(a) - nearness(b));
  const stroke = `stroke="${edge}" stroke-width="${num(line)}"`;
  for (const angle of angles) {
    const next = angle + Math.PI / count;
    const between = toScreen(screen, toCamera(screen.view, [p * Math.cos(next), p * Math.sin(next), flat]));
    if (rivet > 0.8) {
      const head = domePaint(canvas, surface, light, { x: between[0], y: between[1], radius: rivet });
      canvas.add(
        `<circle cx="${num(between[0])}" cy="${num(between[1])}" r="${num(rivet)}" fill="${head}" ${stroke}/>`,
      );
    }
    const [x, y] = toScreen(screen, toCamera(screen.view, [p * Math.cos(angle), p * Math.sin(angle), ribbon.center]));
    const paint = domePaint(canvas, surface, light, { x, y, radius: ribbon.bulge * screen.scale });
    canvas.add(`<path d="${domePath(screen, ribbon, angle)}" fill-rule="nonzero" fill="${paint}" ${stroke}/>`);
  }
}
