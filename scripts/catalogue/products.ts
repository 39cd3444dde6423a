import type { CatalogueProduct } from '../../shared/domain/index.ts';
import { angularContact, selfAligning } from './families/ball.ts';
import { deepGroove } from './families/deep-groove.ts';
import { housings } from './families/housing.ts';
import { needleRoller } from './families/needle.ts';
import { cylindricalRoller, sphericalRoller, taperedRoller } from './families/roller.ts';
import { thrust } from './families/thrust.ts';
import { SPECIAL_MATERIALS } from './special-materials.ts';

function withSpecialMaterials(products: CatalogueProduct[]): CatalogueProduct[] {
  const byDesignation = new Map(products.map((product) => [product.designation, product]));
  for (const { material, parts, designations } of SPECIAL_MATERIALS) {
    for (const designation of designations) {
      const product = byDesignation.get(designation);
      if (product === undefined) throw new Error(`${designation} is not in the catalogue`);
      for (const part of parts) {
        if (product.cad_materials[part] === undefined) throw new Error(`${designation} has no ${part}`);
        product.cad_materials[part] = material;
      }
    }
  }
  return products;
}

/** Every product of the sample catalogue, in the order of the catalogue. */
export function buildProducts(): CatalogueProduct[] {
  return withSpecialMaterials([
    ...deepGroove(),
    ...angularContact(),
    ...selfAligning(),
    ...cylindricalRoller(),
    ...taperedRoller(),
    ...sphericalRoller(),
    ...needleRoller(),
    ...thrust(),
    ...housings(),
  ]);
}
