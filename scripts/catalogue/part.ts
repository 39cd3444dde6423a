import { pimIdOf, type CatalogueProduct } from '../../shared/domain/index.ts';
import type { Size } from './standards/table.ts';

/** What the sizes of one series and variant have in common. */
export interface Family {
  /** First part of the PIM-ID: KL ball, RL roller, NL needle, AX thrust, GH housings and inserts. */
  prefix: 'KL' | 'RL' | 'NL' | 'AX' | 'GH';
  category: [string, string];
  /** Singular, first word of the product's name. */
  noun: string;
  kind: CatalogueProduct['kind'];
  rows?: number;
  /** Contact angle, degrees. */
  alpha?: number;
  closure?: 'open' | 'shield' | 'seal';
  /** The measures in the product's name; without it d × D × B. */
  measures?: (size: Size) => string;
  /** Last part of the product's name. */
  note: string;
  materials: Record<string, string>;
}

/** Millimetres with a decimal comma, as German names have them. */
export function mm(value: number): string {
  return `${String(value).replace('.', ',')} mm`;
}

function boundary(size: Size): string {
  return `${[size.d, size.D].map((value) => mm(value).replace(' mm', '')).join(' × ')} × ${mm(size.B)}`;
}

/** One product a size; `designate` gives its designation from the size. */
export function series(family: Family, sizes: readonly Size[], designate: (size: Size) => string): CatalogueProduct[] {
  return sizes.map((size) => {
    const { prefix, category, noun, kind, rows = 1, alpha, closure = 'open', note, materials } = family;
    const measures = (family.measures ?? boundary)(size);
    const designation = designate(size);
    return {
      pim_id: pimIdOf(prefix, designation),
      name: `${noun} ${designation}, ${measures}, ${note}`,
      designation,
      category: [...category],
      kind,
      dimensions: {
        d: size.d,
        D: size.D,
        B: size.B,
        rows,
        ...(alpha === undefined ? {} : { alpha }),
        ...(size.r === undefined ? {} : { r: size.r }),
        closure,
      },
      cad_materials: { ...materials },
    };
  });
}
