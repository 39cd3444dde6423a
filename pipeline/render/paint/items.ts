import { assertNever } from '../../../shared/errors/index.ts';
import { BEARING_FRAME, frameInCamera } from '../scene/circle.ts';
import type { Screen } from '../scene/view.ts';
import type { Item, PartName, Turned } from '../model/model.ts';
import type { Surface } from '../shading/studio.ts';
import type { Canvas } from './canvas.ts';
import { paintCaps, paintElements } from './elements.ts';
import { paintFitting } from './fitting.ts';
import { paintProfile } from './lathe.ts';
import { paintPrism } from './prism.ts';
import { paintRibbon } from './ribbon.ts';

function paintTurned(canvas: Canvas, screen: Screen, item: Turned, surface: Surface): void {
  const turning = { screen, frame: frameInCamera(screen, BEARING_FRAME) };
  const fade = item.fade === undefined ? {} : { fade: item.fade };
  paintProfile(canvas, turning, item.points, { surface, light: item.light, turned: item.marks, plain: false, ...fade });
}

/** Paints the bodies of a model in their order. */
export function paintItems(
  canvas: Canvas,
  screen: Screen,
  items: readonly Item[],
  surfaceOf: (part: PartName) => Surface,
): void {
  for (const item of items) {
    switch (item.type) {
      case 'turned':
        paintTurned(canvas, screen, item, surfaceOf(item.part));
        break;
      case 'elements':
        paintElements(canvas, screen, item, surfaceOf);
        break;
      case 'ribbon':
        paintRibbon(canvas, screen, item, surfaceOf(item.part));
        break;
      case 'caps':
        paintCaps(canvas, screen, item, surfaceOf(item.row.part));
        break;
      case 'prism':
        paintPrism(canvas, screen, item, surfaceOf(item.part));
        break;
      case 'fitting':
        paintFitting(canvas, screen, item, surfaceOf(item.part));
        break;
      default:
        assertNever(item);
    }
  }
}
