import type { ProfilePoint } from '../paint/lathe.ts';
import type { Plan } from './build.ts';
import type { Cut, Item, Row } from './model.ts';
import { solid } from './rings.ts';

/** Profile of a roller from the back end's centre to the front end's: straight, tapered, or a barrel with `crown` > 0. */
export function rollerProfile(backRadius: number, frontRadius: number, length: number, crown = 0): ProfilePoint[] {
  const edge = 0.12 * Math.min(backRadius, frontRadius);
  const h = length / 2;
  const steps = crown > 0 ? 5 : 1;
  const side: ProfilePoint[] = [];
  for (let i = 0; i <= steps; i += 1) {
    const share = (i / steps) * 2 - 1;
    const straight = (backRadius + frontRadius) / 2 + ((frontRadius - backRadius) / 2) * share;
    side.push([straight + crown * (1 - share * share), share * (h - edge)]);
  }
  return [[0, -h], [backRadius - edge, -h], ...side, [frontRadius - edge, h], [0, h]];
}

export function rollerRow(
  plan: Plan,
  profile: readonly ProfilePoint[],
  { z, tilt = 0, phase = 0 }: { readonly z: number; readonly tilt?: number; readonly phase?: number },
): Row {
  const { count, diameter } = plan.elements;
  const { pitchRadius } = plan;
  return {
    part: 'rolling_elements',
    shape: 'roller',
    count,
    pitchRadius,
    z,
    radius: diameter / 2,
    profile,
    tilt,
    phase: Math.PI / 2 + phase,
  };
}

/** The bars of a window cage: thin rollers of cage material between the real ones. */
export function bars(row: Row, share: number, length: number): Row {
  const radius = row.radius * share;
  return {
    ...row,
    part: 'cage',
    radius,
    profile: [
      [radius, -length / 2],
      [radius, length / 2],
      [0, length / 2],
    ],
    phase: row.phase + Math.PI / row.count,
  };
}

export function cageRing(points: readonly ProfilePoint[]): { readonly item: Item; readonly cut: Cut } {
  return {
    item: solid('cage', points, 0.92),
    cut: { part: 'cage', style: 'filled', outline: points.map(([r, z]) => [z, r]) },
  };
}

export function mirror(points: readonly ProfilePoint[]): ProfilePoint[] {
  return points.map(([r, z]) => [r, -z]);
}

export function places(rows: number, step: number): number[] {
  return Array.from({ length: rows }, (_, i) => (i - (rows - 1) / 2) * step);
}
