import type { Model } from '../model/model.ts';
import { toCamera, type Screen, type View } from './view.ts';

/** A box in the picture's directions, mm, y up. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** Share of the picture that stays free on each side. */
const MARGIN = 0.08;

/** The box that a model fills when seen that way. */
export function boxOf(model: Model, view: View): Box {
  const box = { left: Infinity, right: -Infinity, bottom: Infinity, top: -Infinity };
  for (const { radius, x, y, z } of model.hull) {
    const center = toCamera(view, [x, y, z]);
    const wide = radius * Math.hypot(view.right[0], view.right[1]);
    const high = radius * Math.hypot(view.up[0], view.up[1]);
    box.left = Math.min(box.left, center[0] - wide);
    box.right = Math.max(box.right, center[0] + wide);
    box.bottom = Math.min(box.bottom, center[1] - high);
    box.top = Math.max(box.top, center[1] + high);
  }
  return box;
}

/** Scale (pixels per mm) and place of the origin that put the box in the middle of the picture, with a margin. */
export function fitBox(box: Box, width: number, height: number): Omit<Screen, 'view'> {
  const room = 1 - 2 * MARGIN;
  const scale = Math.min((width * room) / (box.right - box.left), (height * room) / (box.top - box.bottom));
  return {
    scale,
    x: width / 2 - ((box.left + box.right) / 2) * scale,
    y: height / 2 + ((box.bottom + box.top) / 2) * scale,
  };
}
