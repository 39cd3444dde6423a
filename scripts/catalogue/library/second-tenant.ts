import type { CatalogueProduct, SecondTenant } from '../../../shared/domain/index.ts';
import { materialsOf } from './materials.ts';

/** A dealer of housings and thrust bearings: every housing unit and insert, and the smaller thrust ball bearings. */
function carries(product: CatalogueProduct): boolean {
  const [root, leaf] = product.category;
  if (root === 'Gehäuseeinheiten') return true;
  return leaf === 'Axial-Rillenkugellager' && product.dimensions.D <= 110;
}

/** The second tenant: its designations from the catalogue, its own PIM numbers, materials and output types. */
export function buildSecondTenant(products: readonly CatalogueProduct[]): SecondTenant {
  return {
    pim_prefix: 'NT',
    designations: products.filter(carries).map((product) => product.designation),
    materials: materialsOf([
      ['Stahl-Blank', 'Ground steel', '#b4b8bd', 1, 0.3],
      ['Stahl-Poliert', 'Polished steel', '#d6d9dc', 1, 0.1],
      ['Stahlblech', 'Sheet steel, as rolled', '#9fa3a7', 1, 0.5],
      ['Stahl-Verzinkt', 'Galvanised steel', '#c2c8cd', 1, 0.3],
      ['Stahl-Brueniert', 'Blackened steel', '#26282a', 0.9, 0.55],
      ['Grauguss', 'Grey cast iron', '#66686a', 0.7, 0.8],
      ['Gummi-Schwarz', 'Black rubber', '#1d1d1f', 0, 0.85],
      ['Lack-Gruen-RAL-6011', 'Enamel, reseda green', '#66825b', 0, 0.4],
    ]),
    material_mappings: [
      { cad_material: '100Cr6', material_name: 'Stahl-Blank' },
      { cad_material: '45H-brüniert', material_name: 'Stahl-Brueniert' },
      { cad_material: 'EN-GJL-200', material_name: 'Grauguss' },
      { cad_material: 'Lack-RAL-5010', material_name: 'Lack-Gruen-RAL-6011' },
      { cad_material: 'NBR-schwarz', material_name: 'Gummi-Schwarz' },
      { cad_material: 'PEEK-CF30', material_name: null },
      { cad_material: 'St-8.8-verzinkt', material_name: 'Stahl-Verzinkt' },
      { cad_material: 'St-Blech', material_name: 'Stahlblech' },
    ],
    output_types: [
      {
        name: 'Katalogbild',
        description: 'Dealer catalogue: PNG, 1200 px, transparent',
        is_default: true,
        settings: {
          format: 'png',
          width: 1200,
          height: 1200,
          quality: 100,
          background: 'transparent',
          samples: 64,
          camera: 'three_quarter',
        },
      },
      {
        name: 'Shopbild',
        description: 'Web shop: WebP, 800 px, white',
        is_default: false,
        settings: {
          format: 'webp',
          width: 800,
          height: 800,
          quality: 82,
          background: '#ffffff',
          samples: 48,
          camera: 'three_quarter',
        },
      },
      {
        name: 'Vorschau',
        description: 'Lists: JPEG, 200 px, white',
        is_default: false,
        settings: {
          format: 'jpeg',
          width: 200,
          height: 200,
          quality: 78,
          background: '#ffffff',
          samples: 16,
          camera: 'front',
        },
      },
    ],
  };
}
