import type { Model } from '../model/model.ts';
import type { Vec } from '../scene/vector.ts';
import type { View } from '../scene/view.ts';
import type { BlenderScene, Body } from './scene-types.ts';

interface Section {
  readonly plates: Body[];
  readonly cuts: BlenderScene['cuts'];
  readonly lines: BlenderScene['lines'];
}

/** Square on the cut: the axis runs to the right, or upwards in a bearing that lies. */
export function sectionView({ posture }: Model): View {
  return posture === 'lying'
    ? { right: [1, 0, 0], up: [0, 0, 1], toward: [0, -1, 0] }
    : { right: [0, 0, 1], up: [0, 1, 0], toward: [-1, 0, 0] };
}

/** The part cut in half along its axis: what stands before the plane is gone, the cut areas are closed and edged. */
export function sectionOf(model: Model): Section {
  const { toward } = sectionView(model);
  const { left, right, bottom, top } = model.section;
  const size = Math.max(right - left, top - bottom);
  const line = size * 0.0022;
  // Areas that are drawn later lie on those before.
  const lifted = (index: number): number => size * 0.00004 * (index + 1);
  const place = (along: number, away: number, lift: number): Vec =>
    model.posture === 'lying' ? [away, toward[1] * lift, along] : [toward[0] * lift, away, along];
  // Rolling elements stay whole, as in a drawing.
  const plates = model.cuts.flatMap((cut, index): Body[] => {
    if (cut.style === 'ball' || cut.style === 'roller') return [];
    const points = cut.outline.map(([along, away]) => place(along, away, lifted(index)));
    return [{ kind: 'plate', part: cut.part, points, hatched: cut.style === 'hatched' }];
  });
  const edges = model.cuts.map((cut, index) => ({
    points: cut.outline.map(([along, away]) => place(along, away, lifted(index))),
    radius: line,
    closed: true,
  }));
  // Where only one half is shown, nothing hangs below the axis.
  const below: Vec[] = bottom < 0 ? [] : [place(0, -1, 0)];
  return { plates, cuts: [toward, ...below], lines: [...edges, ...axisLine(model, place, line)] };
}

/** The axis as a chain line: long, short, long. */
function axisLine(
  { section: { left, right } }: Model,
  place: (along: number, away: number, lift: number) => Vec,
  line: number,
): BlenderScene['lines'][number][] {
  const over = (right - left) * 0.04;
  const lines: BlenderScene['lines'][number][] = [];
  for (let from = left - over; from < right + over; from += line * 22) {
    const dashes = [
      [0, 12],
      [15.5, 18.5],
    ] as const;
    for (const [begin, end] of dashes) {
      const to = Math.min(from + end * line, right + over);
      if (from + begin * line >= to) continue;
      const points = [place(from + begin * line, 0, line), place(to, 0, line)];
      lines.push({ points, radius: line * 0.7, closed: false });
    }
  }
  return lines;
}
