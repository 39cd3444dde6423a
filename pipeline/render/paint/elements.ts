import { frameInCamera, BEARING_FRAME, type Frame } from '../scene/circle.ts';
import { mix, type Vec } from '../scene/vector.ts';
import { toCamera, toScreen, type Screen } from '../scene/view.ts';
import type { Caps, Elements, PartName, Row } from '../model/model.ts';
import type { Surface } from '../shading/studio.ts';
import { ballPaint, paintBall } from './ball.ts';
import { num, type Canvas } from './canvas.ts';
import { paintProfile } from './lathe.ts';

/** One rolling element: its row and its own frame, z along the roller's axis. */
interface Placed {
  readonly row: Row;
  readonly frame: Frame;
  /** Nearness to the viewer. */
  readonly depth: number;
}

/** Where the elements of a row sit, as frames in the bearing's space. */
function placeElements(row: Row): Frame[] {
  return Array.from({ length: row.count }, (_, index) => {
    const angle = row.phase + (index / row.count) * 2 * Math.PI;
    const radial: Vec = [Math.cos(angle), Math.sin(angle), 0];
    const around: Vec = [-Math.sin(angle), Math.cos(angle), 0];
    const along = mix([0, 0, 1], Math.cos(row.tilt), radial, Math.sin(row.tilt));
    const across = mix(radial, Math.cos(row.tilt), [0, 0, 1], -Math.sin(row.tilt));
    return {
      origin: [radial[0] * row.pitchRadius, radial[1] * row.pitchRadius, row.z],
      x: across,
      y: around,
      z: along,
    };
  });
}

/** Paints rows of rolling elements, the farthest first. */
export function paintElements(
  canvas: Canvas,
  screen: Screen,
  { rows, light }: Elements,
  surfaceOf: (part: PartName) => Surface,
): void {
  const all: Placed[] = rows.flatMap((row) =>
    placeElements(row).map((frame) => ({ row, frame, depth: toCamera(screen.view, frame.origin)[2] })),
  );
  all.sort((a, b) => a.depth - b.depth);
  for (const placed of all) {
    const surface = surfaceOf(placed.row.part);
    if (placed.row.shape === 'roller') {
      const turning = { screen, frame: frameInCamera(screen, placed.frame) };
      paintProfile(canvas, turning, placed.row.profile, { surface, light, turned: false, plain: true });
      continue;
    }
    const [x, y] = toScreen(screen, toCamera(screen.view, placed.frame.origin));
    paintBall(canvas, ballPaint(canvas, surface, light), { x, y, radius: placed.row.radius * screen.scale });
  }
}

/** Paints what of the balls stands out of a flat cage through their middle: the far half disc and the near half ellipse. */
export function paintCaps(canvas: Canvas, screen: Screen, { row, light }: Caps, surface: Surface): void {
  const axis = frameInCamera(screen, BEARING_FRAME).z;
  const paint = ballPaint(canvas, surface, light);
  const radius = row.radius * screen.scale;
  const placed = placeElements(row).map((frame) => toCamera(screen.view, frame.origin));
  placed.sort((a, b) => a[2] - b[2]);
  for (const center of placed) {
    const [x, y] = toScreen(screen, center);
    const near = radius * Math.abs(axis[2]);
    canvas.add(
      `<path d="M${num(x - radius)} ${num(y)}A${num(radius)} ${num(radius)} 0 0 1 ${num(x + radius)} ${num(y)}` +
        `A${num(radius)} ${num(near)} 0 0 1 ${num(x - radius)} ${num(y)}Z" fill="${paint}"/>`,
    );
  }
}
