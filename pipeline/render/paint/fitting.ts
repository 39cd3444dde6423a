import { frameInCamera } from '../scene/circle.ts';
import { cross, normalize, type Vec } from '../scene/vector.ts';
import type { Screen } from '../scene/view.ts';
import type { Fitting } from '../model/model.ts';
import type { Surface } from '../shading/studio.ts';
import type { Canvas } from './canvas.ts';
import { paintProfile } from './lathe.ts';

/** Paints a small turned body around its own axis. */
export function paintFitting(canvas: Canvas, screen: Screen, fitting: Fitting, surface: Surface): void {
  const z = normalize(fitting.axis);
  const hint: Vec = Math.abs(z[2]) > 0.9 ? [1, 0, 0] : [0, 0, 1];
  const x = normalize(cross(hint, z));
  const frame = frameInCamera(screen, { origin: fitting.at, x, y: cross(z, x), z });
  const finish = { surface, light: fitting.light, turned: false, plain: true };
  paintProfile(canvas, { screen, frame }, fitting.points, finish);
}
