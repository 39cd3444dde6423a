import type { ProfilePoint } from '../paint/lathe.ts';
import type { Fitting } from './model.ts';

/** A bolt's head on its washer, or where there is none the hole for it. `radius` is the shank's, mm. */
export function boltItems(at: Fitting['at'], axis: Fitting['axis'], radius: number, screwed: boolean): Fitting[] {
  const r = radius;
  const fitting = (part: Fitting['part'], points: readonly ProfilePoint[], light: number): Fitting => ({
    type: 'fitting',
    part,
    at,
    axis,
    points,
    light,
  });
  if (!screwed) {
    return [
      fitting(
        'housing',
        [
          [r * 1.35, 0],
          [r, 0],
        ],
        1.12,
      ),
      fitting(
        'housing',
        [
          [r, 0],
          [0, 0],
        ],
        0.1,
      ),
    ];
  }
  const washer: ProfilePoint[] = [
    [r * 1.55, 0],
    [r * 1.55, 0.2 * r],
    [0, 0.2 * r],
  ];
  const head: ProfilePoint[] = [
    [r * 1.1, 0.2 * r],
    [r * 1.1, 1.1 * r],
    [r * 0.92, 1.25 * r],
    [0, 1.25 * r],
  ];
  return [fitting('screw', washer, 0.85), fitting('screw', head, 1)];
}
