import type { ProfilePoint } from '../paint/lathe.ts';
import type { Cut, Item, PartName } from './model.ts';

/** The disc that closes a gap: its edges at the outer and inner ring, the face it lies behind, and its thickness, mm. */
interface ClosureSpec {
  readonly closure: 'shield' | 'seal';
  readonly part: PartName;
  readonly outer: number;
  readonly inner: number;
  readonly face: number;
  readonly thickness: number;
}

/** The visible side of a rubber seal: bead, two moulded rings and a lip; of a sheet shield: rolled edge and one step. */
function frontProfile({ closure, outer, inner, face, thickness: t }: ClosureSpec): ProfilePoint[] {
  const w = outer - inner;
  if (closure === 'shield') {
    return [
      [outer, face - t],
      [outer - 0.03 * w, face - 0.1 * t],
      [outer - 0.1 * w, face],
      [outer - 0.17 * w, face - 0.2 * t],
      [outer - 0.21 * w, face - 0.8 * t],
      [inner + 0.12 * w, face - 0.8 * t],
      [inner, face - 1.2 * t],
    ];
  }
  return [
    [outer, face - t],
    [outer - 0.06 * w, face - 0.25 * t],
    [outer - 0.16 * w, face - 0.25 * t],
    [outer - 0.2 * w, face - 0.75 * t],
    [outer - 0.44 * w, face - 0.75 * t],
    [outer - 0.48 * w, face - 0.4 * t],
    [outer - 0.54 * w, face - 0.4 * t],
    [outer - 0.58 * w, face - 0.75 * t],
    [inner + 0.16 * w, face - 0.75 * t],
    [inner + 0.09 * w, face - 0.3 * t],
    [inner, face - t],
  ];
}

/** The closure on the front side, and both sides of it for the cross-section. */
export function closureOf(spec: ClosureSpec, back: number): { readonly items: Item[]; readonly cuts: Cut[] } {
  const profile = frontProfile(spec);
  const depth = spec.closure === 'seal' ? 1.5 : 0.45;
  // A sheet follows its front all along; a moulded seal is plain at the back.
  const inwards =
    spec.closure === 'shield'
      ? [...profile].reverse().map(([r, z]): ProfilePoint => [r, z - depth * spec.thickness])
      : [spec.inner, spec.outer].map((r): ProfilePoint => [r, spec.face - depth * spec.thickness]);
  const right = [...profile, ...inwards].map(([r, z]): [number, number] => [z, r]);
  const left = right.map(([z, r]): [number, number] => [spec.face + back - z, r]);
  return {
    items: [{ type: 'turned', part: spec.part, points: profile, light: 0.9, marks: false }],
    cuts: [
      { part: spec.part, style: 'filled', outline: right },
      { part: spec.part, style: 'filled', outline: left },
    ],
  };
}
