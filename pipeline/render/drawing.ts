import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { modelOf } from './model/index.ts';
import type { Item, Model, PartName } from './model/model.ts';
import { Canvas } from './paint/canvas.ts';
import { paintItems } from './paint/items.ts';
import { paintSection } from './paint/section.ts';
import { paintShadow } from './paint/shadow.ts';
import type { RenderRequest } from './renderer.ts';
import { boxOf, fitBox } from './scene/fit.ts';
import { frontView, threeQuarterView, type Screen } from './scene/view.ts';
import { fromHex, luminance } from './shading/color.ts';
import { surfaceOf, type Surface } from './shading/studio.ts';

/** Width of an edge line over the smaller side of the picture. */
const LINE_SHARE = 0.0026;

function partsOf(item: Item): PartName[] {
  if (item.type === 'elements') return item.rows.map(({ part }) => part);
  return item.type === 'caps' ? [item.row.part] : [item.part];
}

/** Every part that a model draws, each once. */
function drawnParts(model: Model): PartName[] {
  const all = [...model.items.flatMap(partsOf), ...model.cuts.map(({ part }) => part)];
  return [...new Set(all)];
}

function surfacesOf(model: Model, request: RenderRequest): Result<(part: PartName) => Surface> {
  const surfaces = new Map<PartName, Surface>();
  for (const part of drawnParts(model)) {
    const material = Object.hasOwn(request.materials, part) ? request.materials[part] : undefined;
    if (!material) {
      const message = `The part ${part} of ${request.product.pim_id} has no render material. Map its CAD material or set a material override.`;
      return fail('unmapped_material', message, { details: { part } });
    }
    surfaces.set(part, surfaceOf(material));
  }
  return ok((part) => {
    const surface = surfaces.get(part);
    if (!surface) throw new Error(`no surface was prepared for ${part}`);
    return surface;
  });
}

/** The background as it is painted: JPEG has no transparency and gets white. */
function paintedBackground({ format, background }: RenderRequest['settings']): string | null {
  if (background !== 'transparent') return background;
  return format === 'jpeg' ? '#ffffff' : null;
}

function axisColorOn(background: string | null): string {
  if (background === null) return '#7b858f';
  return luminance(fromHex(background)) > 0.18 ? '#3c464f' : '#b9c2ca';
}

/**
 * The ground of a three-quarter or front picture alone: background and the part's soft shadow on the table, as SVG of the
 * ordered size; for renderers that draw the part by other means. null where the background is transparent or the camera
 * shows a section, which has no ground.
 */
export function drawGround(request: RenderRequest): string | null {
  const { product, settings } = request;
  const background = paintedBackground(settings);
  if (background === null || settings.camera === 'section') return null;
  const has = (part: PartName): boolean => Object.hasOwn(product.cad_materials, part);
  const built = modelOf(product.kind, product.dimensions, { designation: product.designation, has });
  if (!built.ok) return null;
  const { width, height, camera } = settings;
  const canvas = new Canvas();
  const view = camera === 'front' ? frontView() : threeQuarterView(built.value.posture);
  if (camera === 'three_quarter' || built.value.posture === 'standing') {
    paintShadow(canvas, { view, ...fitBox(boxOf(built.value, view), width, height) }, built.value);
  }
  return canvas.toSvg(width, height);
}

/**
 * The picture of a product as a canvas of vector shapes in pixels of the ordered size. Fails with `part_not_drawable`
 * or `unmapped_material`. Pure: the same request gives the same picture.
 */
export function drawPart(request: RenderRequest): Result<Canvas> {
  const { product, settings } = request;
  const has = (part: PartName): boolean => Object.hasOwn(product.cad_materials, part);
  const built = modelOf(product.kind, product.dimensions, { designation: product.designation, has });
  if (!built.ok) return built;
  const model = built.value;
  const surfaces = surfacesOf(model, request);
  if (!surfaces.ok) return surfaces;
  const canvas = new Canvas();
  const background = paintedBackground(settings);
  const { width, height, camera } = settings;
  if (background !== null) canvas.add(`<rect width="${width}" height="${height}" fill="${background}"/>`);
  if (camera === 'section') {
    const upright = model.posture === 'lying';
    const { left, right, bottom, top } = model.section;
    const box = upright ? { left: bottom, right: top, bottom: left, top: right } : model.section;
    const line = Math.max(0.6, Math.min(width, height) * LINE_SHARE);
    const plane = { ...fitBox(box, width, height), upright, line, axisColor: axisColorOn(background) };
    paintSection(canvas, plane, model, surfaces.value);
    return ok(canvas);
  }
  const view = camera === 'front' ? frontView() : threeQuarterView(model.posture);
  const screen: Screen = { view, ...fitBox(boxOf(model, view), width, height) };
  const onTable = camera === 'three_quarter' || model.posture === 'standing';
  if (background !== null && onTable) paintShadow(canvas, screen, model);
  paintItems(canvas, screen, model.items, surfaces.value);
  return ok(canvas);
}
