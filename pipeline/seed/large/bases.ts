import type { CatalogueProduct } from '../../../shared/domain/catalogue.ts';
import { fold } from '../../domain/products/index.ts';

/** A product of the catalogue, cut up so that the database can write variants of it with the search columns right. */
export interface Base {
  n: number;
  prefix: string;
  designation: string;
  /** The name before and after its designation. */
  head: string;
  tail: string;
  category: string;
  kind: string;
  dimensions: unknown;
  cad_materials: unknown;
  /** The same, folded: folding a text made of these parts gives these parts, joined by spaces. */
  f_prefix: string;
  f_designation: string;
  f_head: string;
  f_tail: string;
  f_category: string;
}

/** The catalogue's products as bases of variants, in its order. */
export function basesOf(products: readonly CatalogueProduct[]): Base[] {
  return products.map((product, n) => {
    const { designation, name, kind, dimensions, cad_materials } = product;
    const at = name.indexOf(designation);
    if (at < 0) throw new Error(`The name of ${product.pim_id} does not hold its designation.`);
    const [head, tail] = [name.slice(0, at), name.slice(at + designation.length)];
    const prefix = product.pim_id.split('-')[0] ?? '';
    const f = {
      f_prefix: fold(prefix),
      f_designation: fold(designation),
      f_head: fold(head),
      f_tail: fold(tail),
      f_category: product.category.map(fold).join(' '),
    };
    const category = product.category.join(' > ');
    return { n, prefix, designation, head, tail, category, kind, dimensions, cad_materials, ...f };
  });
}

/** One choice of a variant: what it adds to the designation and to the name. */
interface Suffix {
  code: string;
  words: string;
}

const suffix = (code: string, words: string): Suffix => ({ code, words });
const NONE = suffix('', '');

/**
 * What a bearing of one size is offered with: clearance, tolerance, cage, heat treatment, grease. None of the codes ends
 * a designation of the catalogue, so no variant is another product's name.
 */
const CHOICES: readonly (readonly Suffix[])[] = [
  [
    NONE,
    suffix('-C3', ', Lagerluft C3'),
    suffix('-C2', ', Lagerluft C2'),
    suffix('-C4', ', Lagerluft C4'),
    suffix('-C5', ', Lagerluft C5'),
  ],
  [
    NONE,
    suffix('-P6', ', Toleranzklasse P6'),
    suffix('-P5', ', Toleranzklasse P5'),
    suffix('-P4', ', Toleranzklasse P4'),
  ],
  [
    NONE,
    suffix('-TB', ', Hartgewebekäfig'),
    suffix('-MPA', ', Messingkäfig außengeführt'),
    suffix('-JP3', ', Fensterkäfig'),
    suffix('-TN9', ', Polyamidkäfig'),
    suffix('-FPB', ', Stahlkäfig massiv'),
  ],
  [
    NONE,
    suffix('-S0', ', maßstabilisiert bis 150 °C'),
    suffix('-S1', ', maßstabilisiert bis 200 °C'),
    suffix('-S2', ', maßstabilisiert bis 250 °C'),
    suffix('-S3', ', maßstabilisiert bis 300 °C'),
  ],
  [
    NONE,
    suffix('-L038', ', Fettfüllung Lithiumseife'),
    suffix('-L069', ', Fettfüllung Hochtemperatur'),
    suffix('-L086', ', Fettfüllung Tieftemperatur'),
    suffix('-L178', ', Fettfüllung lebensmittelecht'),
    suffix('-L224', ', Fettfüllung geräuscharm'),
    suffix('-L285', ', Fettfüllung Polyharnstoff'),
  ],
];

/** A combination of choices, with its folded texts. */
export interface Variant {
  v: number;
  code: string;
  words: string;
  f_code: string;
  f_words: string;
}

/** So many variants there are of each base, the base itself as number 0. */
export const MOST_VARIANTS = CHOICES.reduce((product, choices) => product * choices.length, 1);

/** The first `count` variants, the plain one first. */
export function variants(count: number): Variant[] {
  return Array.from({ length: count }, (_, v) => {
    let rest = v;
    let [code, words] = ['', ''];
    for (const choices of CHOICES) {
      const chosen = choices[rest % choices.length] ?? NONE;
      rest = Math.floor(rest / choices.length);
      code += chosen.code;
      words += chosen.words;
    }
    return { v, code, words, f_code: fold(code), f_words: fold(words) };
  });
}
