import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CATALOGUE_FILES, pimIdOf, type CatalogueProduct } from '../../shared/domain/index.ts';
import { root } from '../root.ts';
import { buildFiles, isUnmapped } from './build.ts';
import { KNOWN_BEARINGS } from './known-bearings.fixture.ts';

async function load<N extends keyof typeof CATALOGUE_FILES>(name: N) {
  const text = await readFile(join(root, 'resources/catalogue', name), 'utf8');
  return CATALOGUE_FILES[name].parse(JSON.parse(text)) as ReturnType<(typeof CATALOGUE_FILES)[N]['parse']>;
}

const products = await load('products.json');
const byDesignation = new Map(products.map((product) => [product.designation, product]));

/** Letters and digits only, the way a sloppy reference is compared. */
function plain(text: string): string {
  return text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
}

/** Everything but the bore code: `62#-2RSR` for 6205-2RSR, so that sizes of one series stand together. */
function seriesOf(product: CatalogueProduct): string {
  const { d } = product.dimensions;
  const code = d < 10 ? String(d) : d < 20 ? '\\d\\d' : String(d / 5).padStart(2, '0');
  return product.designation.replace(new RegExp(`${code}(?=$|-)`), '#');
}

test('the committed files are what the generator makes', async () => {
  for (const [path, content] of buildFiles()) {
    const committed = await readFile(join(root, 'resources', path));
    expect(committed.equals(Buffer.from(content)), `${path}: run node scripts/catalogue/index.ts`).toBe(true);
  }
});

describe('products', () => {
  test.each(KNOWN_BEARINGS.trim().split(/\s*\n\s*/))('%s', (line) => {
    const [designation = '', d, D, B] = line.split(/\s+/);
    const dimensions = byDesignation.get(designation)?.dimensions;
    expect({ d: dimensions?.d, D: dimensions?.D, B: dimensions?.B }).toEqual({
      d: Number(d),
      D: Number(D),
      B: Number(B),
    });
  });

  test('are enough, and about a third of them Kugellager', () => {
    expect(products.length).toBeGreaterThanOrEqual(650);
    const balls = products.filter((product) => product.category[0] === 'Kugellager').length;
    expect(balls).toBeGreaterThanOrEqual(250);
    expect(balls).toBeLessThanOrEqual(320);
  });

  test('are bodies that can exist', () => {
    for (const { designation, dimensions: size } of products) {
      expect(size.D, designation).toBeGreaterThan(size.d);
      expect(size.B, designation).toBeGreaterThan(0);
      if (size.r !== undefined) expect(2 * size.r, designation).toBeLessThan(Math.min(size.B, (size.D - size.d) / 2));
    }
  });

  test('grow with the bore within a series', () => {
    const bySeries = Map.groupBy(
      products.filter((product) => product.kind !== 'housing' && !product.designation.startsWith('HK')),
      seriesOf,
    );
    expect(bySeries.size).toBeLessThan(75);
    for (const [name, members] of bySeries) {
      const sizes = members.map((product) => product.dimensions).sort((a, b) => a.d - b.d);
      for (const [i, size] of sizes.entries()) {
        const before = sizes[i - 1];
        if (before === undefined) continue;
        expect(size.d, name).toBeGreaterThan(before.d);
        if (!name.startsWith('UC')) expect(size.D, `${name} ${String(size.d)}`).toBeGreaterThan(before.D);
        expect(size.B, `${name} ${String(size.d)}`).toBeGreaterThanOrEqual(before.B);
      }
    }
  });

  test('have the parts of their kind', () => {
    for (const { designation, kind, dimensions, cad_materials: parts } of products) {
      expect('seal' in parts, designation).toBe(dimensions.closure === 'seal');
      expect('shield' in parts, designation).toBe(dimensions.closure === 'shield');
      expect('housing' in parts, designation).toBe(kind === 'housing');
      expect('washer_shaft' in parts, designation).toBe(kind === 'thrust_ball' || kind === 'thrust_roller');
      expect('screw' in parts, designation).toBe(kind === 'insert' || kind === 'housing');
    }
  });

  test('are told apart by PIM-ID and by designation, however sloppily written', () => {
    expect(new Set(products.map((product) => plain(product.designation))).size).toBe(products.length);
    expect(new Set(products.map((product) => plain(product.pim_id))).size).toBe(products.length);
    for (const { pim_id, designation } of products) {
      expect(pim_id).toBe(pimIdOf(pim_id.slice(0, 2), designation));
      expect(pim_id).toMatch(/^(KL|RL|NL|AX|GH)-[A-Z0-9-]+$/);
    }
  });
});

describe('libraries', () => {
  test('every category of a product is in the tree, below its parent, and used', async () => {
    const paths = (await load('categories.json')).map((category) => category.path.join(' > '));
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of paths) {
      const parent = path.split(' > ').slice(0, -1).join(' > ');
      if (parent !== '') expect(paths.indexOf(parent)).toBeLessThan(paths.indexOf(path));
      expect(
        products.some((product) => product.category.join(' > ').startsWith(path)),
        path,
      ).toBe(true);
    }
    for (const product of products) expect(paths).toContain(product.category.join(' > '));
  });

  test('every CAD material is listed, a few are unmapped, and these few block three to four per cent', async () => {
    const names = new Set((await load('materials.json')).map((material) => material.name));
    const mappings = await load('material-mappings.json');
    const used = new Set(products.flatMap((product) => Object.values(product.cad_materials)));
    expect(new Set(mappings.map((mapping) => mapping.cad_material))).toEqual(used);
    for (const { material_name } of mappings) if (material_name !== null) expect(names).toContain(material_name);
    const open = mappings.filter((mapping) => mapping.material_name === null).map((mapping) => mapping.cad_material);
    expect(open).toEqual(['Beschichtung-DLC', 'PEEK-CF30', 'X30CrMoN15-1']);
    const blocked = products.filter(isUnmapped);
    expect(blocked.length / products.length).toBeGreaterThan(0.03);
    expect(blocked.length / products.length).toBeLessThan(0.04);
    expect(blocked.filter((product) => product.category[0] === 'Kugellager')).toHaveLength(10);
  });

  test('there is one default output type, and every camera is used', async () => {
    const types = await load('output-types.json');
    expect(types.filter((type) => type.is_default).map((type) => type.name)).toEqual(['Web Standard']);
    expect(new Set(types.map((type) => type.settings.camera))).toEqual(new Set(['three_quarter', 'front', 'section']));
  });

  test('the second tenant shares no material, output type or PIM-ID with the first', async () => {
    const second = await load('second-tenant.json');
    expect(second.designations.length).toBeGreaterThanOrEqual(110);
    expect(second.designations.length).toBeLessThanOrEqual(130);
    const theirs = second.designations.map((designation) => byDesignation.get(designation));
    const first = new Set([
      ...(await load('materials.json')).map((material) => material.name),
      ...(await load('output-types.json')).map((type) => type.name),
      ...products.map((product) => product.pim_id),
    ]);
    for (const { name } of [...second.materials, ...second.output_types]) expect(first).not.toContain(name);
    for (const designation of second.designations) expect(first).not.toContain(pimIdOf(second.pim_prefix, designation));
    const library = new Set(second.materials.map((material) => material.name));
    for (const { material_name } of second.material_mappings)
      if (material_name !== null) expect(library).toContain(material_name);
    const used = new Set(theirs.flatMap((product) => Object.values(product?.cad_materials ?? { missing: 'missing' })));
    expect(new Set(second.material_mappings.map((mapping) => mapping.cad_material))).toEqual(used);
  });
});
