import { dim, toHex } from '../shading/color.ts';
import { shade, type Surface } from '../shading/studio.ts';
import { cross, normalize, type Vec } from '../scene/vector.ts';
import { toCamera, toScreen, type Screen } from '../scene/view.ts';
import type { Ribbon } from '../model/model.ts';
import { num, type Canvas } from './canvas.ts';

/** Height of the band at an angle away from the middle of a ball and a distance across the band. */
function heightAt(ribbon: Ribbon, angle: number, across: number): number {
  const tangential = angle * ribbon.pitchRadius;
  const dome = ribbon.bulge ** 2 - tangential ** 2 - across ** 2;
  return dome > 0 ? Math.max(ribbon.flat, ribbon.center + Math.sqrt(dome)) : ribbon.flat;
}

function pointAt(ribbon: Ribbon, ball: number, angle: number, across: number): Vec {
  const turn = ball + angle;
  const radius = ribbon.pitchRadius + across;
  return [radius * Math.cos(turn), radius * Math.sin(turn), heightAt(ribbon, angle, across)];
}

/** The angles at which the band is cut into facets around one ball: fine on the dome, none on the flat. */
function cutsAround(ribbon: Ribbon, facets: number): number[] {
  const pitch = Math.PI / ribbon.count;
  const domeHalf = Math.min(pitch * 0.98, Math.asin(Math.min(1, ribbon.bulge / ribbon.pitchRadius)));
  const cuts = Array.from({ length: facets + 1 }, (_, i) => -domeHalf * Math.cos((i / facets) * Math.PI));
  return [-pitch, ...cuts, pitch];
}

/** Paints a pressed cage facet by facet, the farthest ball first. */
export function paintRibbon(canvas: Canvas, screen: Screen, ribbon: Ribbon, surface: Surface): void {
  const facets = Math.round(Math.min(16, Math.max(6, (ribbon.bulge * screen.scale) / 3)));
  const lanes = ribbon.bulge * screen.scale > 14 ? 4 : 2;
  const cuts = cutsAround(ribbon, facets);
  const balls = Array.from({ length: ribbon.count }, (_, i) => ribbon.phase + (i / ribbon.count) * 2 * Math.PI);
  const nearness = (angle: number): number => toCamera(screen.view, [Math.cos(angle), Math.sin(angle), 0])[2];
  balls.sort((a, b) => nearness(a) - nearness(b));
  for (const ball of balls) {
    for (let lane = 0; lane < lanes; lane += 1) {
      const inner = ribbon.width * (lane / lanes - 0.5);
      const outer = ribbon.width * ((lane + 1) / lanes - 0.5);
      for (const [index, from] of cuts.entries()) {
        const to = cuts[index + 1];
        if (to !== undefined) paintFacet(canvas, screen, ribbon, surface, { ball, from, to, inner, outer });
      }
    }
  }
}

interface Facet {
  readonly ball: number;
  readonly from: number;
  readonly to: number;
  readonly inner: number;
  readonly outer: number;
}

function paintFacet(canvas: Canvas, screen: Screen, ribbon: Ribbon, surface: Surface, facet: Facet): void {
  const { ball, from, to, inner, outer } = facet;
  const corners = [
    pointAt(ribbon, ball, from, inner),
    pointAt(ribbon, ball, from, outer),
    pointAt(ribbon, ball, to, outer),
    pointAt(ribbon, ball, to, inner),
  ].map((corner) => toCamera(screen.view, corner));
  const [a, b, c, d] = corners;
  if (!a || !b || !c || !d) return;
  const one: Vec = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
  const other: Vec = [d[0] - b[0], d[1] - b[1], d[2] - b[2]];
  const normal = normalize(cross(one, other));
  if (normal[2] <= 0) return;
  const color = toHex(dim(shade(surface, normal), ribbon.light));
  const path = corners.map((corner) => toScreen(screen, corner).map(num).join(' ')).join('L');
  canvas.add(`<path d="M${path}Z" fill="${color}" stroke="${color}" stroke-width="0.7"/>`);
}
