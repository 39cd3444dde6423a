import { describe, expect, test } from 'vitest';
import { CAMERAS } from '../../shared/domain/index.ts';
import { drawPart } from './drawing.ts';
import { KNOWN_PARTS, requestFor } from './known-parts.fixture.ts';
import { planElements } from './model/elements.ts';

function svgOf(designation: string, settings: Parameters<typeof requestFor>[1] = {}): string {
  const drawing = drawPart(requestFor(designation, settings));
  if (!drawing.ok) throw new Error(drawing.failure.message);
  return drawing.value.toSvg(160, 160);
}

describe('drawPart', () => {
  test.each(Object.keys(KNOWN_PARTS).flatMap((name) => CAMERAS.map((camera) => [name, camera] as const)))(
    '%s %s is drawn with finite numbers only',
    (name, camera) => {
      const svg = svgOf(name, { camera });
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(svg.split('<path').length).toBeGreaterThan(8);
      expect(svg.length).toBeLessThan(400_000);
    },
  );

  test('the front view shows as many balls as the geometry says', () => {
    const dimensions = { d: 25, D: 52, B: 15, rows: 1 };
    const plan = planElements('deep_groove', dimensions, { caged: true });
    const scale = (160 * 0.84) / dimensions.D;
    const radius = Math.round((plan.diameter / 2) * scale * 100) / 100;
    const balls = svgOf('6205', { camera: 'front' }).split(`r="${radius}"`).length - 1;
    expect(balls).toBe(9);
  });

  test('designs that the designation tells apart are drawn apart', () => {
    const section = { camera: 'section' } as const;
    expect(svgOf('NUP208', section)).not.toBe(svgOf('NU208', section));
    expect(svgOf('6205-2RS')).not.toBe(svgOf('6205-2Z'));
    expect(svgOf('P205')).not.toBe(svgOf('UCF205'));
  });

  test('the same request gives the same picture', () => {
    expect(svgOf('30206')).toBe(svgOf('30206'));
  });

  test('a drawn part without a material is named', () => {
    const request = requestFor('6205');
    const { cage: _left, ...materials } = request.materials;
    const drawing = drawPart({ ...request, materials });
    if (drawing.ok) throw new Error('it was drawn');
    expect(drawing.failure).toMatchObject({ code: 'unmapped_material', details: { part: 'cage' } });
    expect(drawing.failure.message).toContain('The part cage of KL-6205');
  });

  test('a product without a cage is drawn full complement and needs no material for one', () => {
    const request = requestFor('NU208');
    const { cage: _name, ...cadMaterials } = request.product.cad_materials;
    const { cage: _material, ...materials } = request.materials;
    const drawing = drawPart({ ...request, materials, product: { ...request.product, cad_materials: cadMaterials } });
    expect(drawing.ok).toBe(true);
  });

  test('nothing of a product’s texts gets into the markup', () => {
    const request = requestFor('6205');
    const evil = '"/><script>alert(1)</script>';
    const product = { ...request.product, pim_id: evil, designation: evil };
    const drawing = drawPart({ ...request, product });
    expect(drawing.ok && drawing.value.toSvg(160, 160)).not.toContain('script');
  });
});
