import type { Model } from '../model/model.ts';
import { toCamera, toScreen, type Screen } from '../scene/view.ts';
import { scale, type Vec } from '../scene/vector.ts';
import { num, type Canvas } from './canvas.ts';

interface Ellipse {
  readonly center: Vec;
  /** Its half axes in the part's space. */
  readonly across: Vec;
  readonly along: Vec;
  readonly opacity: number;
}

function softEllipse(canvas: Canvas, screen: Screen, { center, across, along, opacity }: Ellipse): void {
  const paint = canvas.radial(
    [0.5, 0.5],
    [
      { at: 0, color: '#000000', opacity },
      { at: 0.45, color: '#000000', opacity: opacity * 0.72 },
      { at: 0.75, color: '#000000', opacity: opacity * 0.22 },
      { at: 1, color: '#000000', opacity: 0 },
    ],
  );
  const [x, y] = toScreen(screen, toCamera(screen.view, center));
  const a = toCamera(screen.view, scale(across, screen.scale));
  const b = toCamera(screen.view, scale(along, screen.scale));
  const matrix = [a[0], -a[1], b[0], -b[1], x, y].map(num).join(' ');
  canvas.add(`<circle r="1" transform="matrix(${matrix})" fill="${paint}"/>`);
}

/** The soft shadow on the table under a part: a wide one and the dark line of contact. */
export function paintShadow(canvas: Canvas, screen: Screen, model: Model): void {
  const { level, across, along } = model.footprint;
  const lying = model.posture === 'lying';
  const seenFlat = Math.abs(toCamera(screen.view, lying ? [0, 1, 0] : [0, 0, 1])[1]) < 1e-6;
  const center: Vec = lying ? [0, 0, level] : [0, level, 0];
  const first: Vec = [1, 0, 0];
  // Seen exactly from the side the ground is a line; it keeps a little height so that the part does not float.
  const second: Vec = seenFlat ? [0, 0.12, 0] : lying ? [0, 1, 0] : [0, 0, 1];
  const reach = seenFlat ? across : along;
  const ellipse = (wide: number, deep: number, opacity: number): Ellipse => ({
    center,
    across: scale(first, across * wide),
    along: scale(second, reach * deep),
    opacity,
  });
  softEllipse(canvas, screen, ellipse(1.17, lying ? 1.17 : 1.45, 0.26));
  softEllipse(canvas, screen, ellipse(1.05, 1.08, 0.34));
}
