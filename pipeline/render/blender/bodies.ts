import type { Ribbon, Row } from '../model/model.ts';
import { mix, type Vec } from '../scene/vector.ts';
import type { Body, Frame } from './scene-types.ts';

function anglesOf({ count, phase }: { count: number; phase: number }): number[] {
  return Array.from({ length: count }, (_, index) => phase + (index / count) * 2 * Math.PI);
}

/** A row of rolling elements, each in its place. */
export function elementBodies(row: Row): Body[] {
  const { part, shape, radius, pitchRadius, z, profile } = row;
  const angles = anglesOf(row);
  if (shape === 'ball') {
    const at = angles.map((a): Vec => [pitchRadius * Math.cos(a), pitchRadius * Math.sin(a), z]);
    return [{ kind: 'balls', part, radius, at }];
  }
  const frames = angles.map((angle): Frame => {
    const radial: Vec = [Math.cos(angle), Math.sin(angle), 0];
    return {
      origin: [radial[0] * pitchRadius, radial[1] * pitchRadius, z],
      x: mix(radial, Math.cos(row.tilt), [0, 0, 1], -Math.sin(row.tilt)),
      y: [-Math.sin(angle), Math.cos(angle), 0],
      z: mix([0, 0, 1], Math.cos(row.tilt), radial, Math.sin(row.tilt)),
    };
  });
  return [{ kind: 'placed', part, profile, frames }];
}

/** Steps between the middles of two balls, and across the band. */
const STEPS = { around: 24, across: 8 } as const;

/** Both halves of a pressed cage: a flat band that bulges over each ball, and rivets between them. */
export function ribbonBodies(ribbon: Ribbon): Body[] {
  const { part, count, phase, pitchRadius, width, flat, center, bulge } = ribbon;
  const thickness = bulge * 0.07;
  const half = (side: 1 | -1): Body => {
    const rows = Array.from({ length: count * STEPS.around }, (_, i): Vec[] => {
      const angle = phase + (i / (count * STEPS.around)) * 2 * Math.PI;
      // From the nearest ball's middle, around the bearing.
      const turn = (((i + STEPS.around / 2) % STEPS.around) / STEPS.around - 0.5) * ((2 * Math.PI) / count);
      return Array.from({ length: STEPS.across + 1 }, (_point, j): Vec => {
        const across = (j / STEPS.across - 0.5) * width;
        const dome = Math.sqrt(Math.max(0, bulge ** 2 - (turn * pitchRadius) ** 2 - across ** 2));
        const z = center + side * Math.max(flat - center, dome);
        const r = pitchRadius + across;
        return [r * Math.cos(angle), r * Math.sin(angle), z];
      });
    });
    return { kind: 'sheet', part, rows, thickness };
  };
  const gap = (pitchRadius * Math.PI) / count - bulge * 0.9;
  const head = Math.min(width * 0.2, gap);
  const rivets: Body[] =
    head <= 0
      ? []
      : [
          {
            kind: 'balls',
            part,
            radius: head,
            at: anglesOf({ count, phase: phase + Math.PI / count }).map((a): Vec => [
              pitchRadius * Math.cos(a),
              pitchRadius * Math.sin(a),
              flat - head * 0.45,
            ]),
          },
        ];
  return [half(1), half(-1), ...rivets];
}
