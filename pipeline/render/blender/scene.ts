import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { modelOf } from '../model/index.ts';
import type { Fitting, Item, Model, PartName } from '../model/model.ts';
import type { RenderRequest } from '../renderer.ts';
import { boxOf, fitBox } from '../scene/fit.ts';
import { cross, normalize } from '../scene/vector.ts';
import { frontView, threeQuarterView, type View } from '../scene/view.ts';
import { elementBodies, ribbonBodies } from './bodies.ts';
import { sectionOf, sectionView } from './section.ts';
import type { BlenderScene, Body, Point } from './scene-types.ts';

/** Fittings darker than this stand for the dark of a hole. */
const DARK = 0.35;

/**
 * The scene of a product for `scene.py`: bodies in mm, materials, camera and ground. The same model, cameras and framing
 * as the built-in renderer's. Numbers, colours and names of our own only: nothing of a product's words gets in. Fails
 * with `part_not_drawable` or `unmapped_material`.
 */
export function sceneOf(request: RenderRequest): Result<BlenderScene> {
  const { product, settings } = request;
  const has = (part: PartName): boolean => Object.hasOwn(product.cad_materials, part);
  const built = modelOf(product.kind, product.dimensions, { designation: product.designation, has });
  if (!built.ok) return built;
  const model = built.value;
  const section = settings.camera === 'section' ? sectionOf(model) : null;
  const solids = solidBodies(model).filter((body) => section === null || !isLooseRim(body));
  const bodies = [...solids, ...(section?.plates ?? [])];
  const missing = bodies.map(({ part }) => part).find((part) => !Object.hasOwn(request.materials, part));
  if (missing !== undefined) {
    const message = `The part ${missing} of ${product.pim_id} has no render material. Map its CAD material or set a material override.`;
    return fail('unmapped_material', message, { details: { part: missing } });
  }
  const view = viewOf(model, settings.camera);
  return ok({
    width: settings.width,
    height: settings.height,
    samples: settings.samples,
    size: Math.max(...model.hull.map(({ radius, x, y, z }) => Math.hypot(radius + Math.hypot(x, y), z))),
    camera: { ...view, ...frameOf(model, view, request) },
    cuts: section?.cuts ?? [],
    lines: section?.lines ?? [],
    materials: Object.fromEntries(bodies.map(({ part }) => [part, request.materials[part]])),
    bodies,
  });
}

function viewOf(model: Model, camera: RenderRequest['settings']['camera']): View {
  if (camera === 'section') return sectionView(model);
  return camera === 'front' ? frontView() : threeQuarterView(model.posture);
}

/** Where the middle of the picture lies in the camera's own plane, and how many mm its longer side shows. */
function frameOf(model: Model, view: View, { settings }: RenderRequest): { center: Point; span: number } {
  const { width, height } = settings;
  const upright = model.posture === 'lying';
  const { left, right, bottom, top } = model.section;
  const cut = upright ? { left: bottom, right: top, bottom: left, top: right } : model.section;
  const screen = fitBox(settings.camera === 'section' ? cut : boxOf(model, view), width, height);
  return {
    center: [(width / 2 - screen.x) / screen.scale, (screen.y - height / 2) / screen.scale],
    span: Math.max(width, height) / screen.scale,
  };
}

/** Everything solid: rings, washers and closures from their cross-sections, the rest from what is drawn of it. */
function solidBodies(model: Model): Body[] {
  const items = model.items.flatMap((item, index) => bodiesOf(item, index));
  const caged = items.some(({ part }) => part === 'cage');
  const turned = model.cuts
    .filter(
      ({ part, style }) =>
        part !== 'housing' && (style === 'hatched' || (style === 'filled' && (part !== 'cage' || !caged))),
    )
    .filter(({ outline }) => outline.every(([, r]) => r >= -1e-9))
    .map(({ part, outline }): Body => ({
      kind: 'turned',
      part,
      profile: outline.map(([z, r]) => [r, z]),
      closed: true,
      marks: part !== 'seal' && part !== 'shield',
    }));
  return [...turned, ...items];
}

/** A rim that stands on a housing: it has no area of its own in the cross-section, and cut open it would show its inside. */
function isLooseRim(body: Body): boolean {
  if (body.kind !== 'turned' || body.part !== 'housing') return false;
  const [first, last] = [body.profile[0], body.profile.at(-1)];
  return first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
}

function bodiesOf(item: Item, index: number): Body[] {
  switch (item.type) {
    case 'turned':
      if (item.part !== 'housing' && item.part !== 'cage') return [];
      return [{ kind: 'turned', part: item.part, profile: item.points, closed: false, marks: item.marks }];
    case 'elements':
      return item.rows.flatMap(elementBodies);
    case 'ribbon':
      return ribbonBodies(item);
    case 'prism':
      return [{ ...item, kind: 'prism' }];
    case 'fitting':
      return [fittingBody(item, index)];
    case 'caps':
      // The balls they belong to are there as a whole.
      return [];
  }
}

/** A small turned body; those that lie on each other are set apart by a hair, in painting order. */
function fittingBody({ part, at, axis, points, light }: Fitting, index: number): Body {
  const z = normalize(axis);
  const x = normalize(cross(Math.abs(z[2]) > 0.9 ? [1, 0, 0] : [0, 0, 1], z));
  const reach = Math.max(...points.map(([r]) => r));
  const lift = reach * 0.004 * (1 + (index % 40));
  const profile = points.map(([r, along]): Point => [r, along + lift]);
  return { kind: 'placed', part, profile, frames: [{ origin: at, x, y: cross(z, x), z }], dark: light < DARK };
}
