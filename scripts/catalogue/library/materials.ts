import type { CatalogueMapping, CatalogueMaterial } from '../../../shared/domain/index.ts';

/** name, description, base colour, metallic, roughness. */
type Row = [name: string, description: string, color: string, metallic: number, roughness: number];

/** Turns rows of a table into materials. */
export function materialsOf(rows: readonly Row[]): CatalogueMaterial[] {
  return rows.map(([name, description, color, metallic, roughness]) => ({
    name,
    description,
    color,
    metallic,
    roughness,
  }));
}

/** The render material library of the first tenant. */
export const MATERIALS = materialsOf([
  ['Steel-Bare', 'Ground bearing steel, untreated', '#b8bcc0', 1, 0.32],
  ['Steel-Polished', 'Lapped steel of balls and rollers', '#d3d7db', 1, 0.08],
  ['Steel-Brushed', 'Sheet steel with a fine brushed grain', '#a9adb1', 1, 0.45],
  ['Steel-Black-Oxide', 'Blackened steel of set screws', '#2a2c2f', 0.9, 0.5],
  ['Stainless-Brushed', 'Stainless steel, brushed', '#c3c3bf', 1, 0.38],
  ['Stainless-Polished', 'Stainless steel, polished', '#d9d8d4', 1, 0.12],
  ['Brass-Satin', 'Machined brass of solid cages', '#c9a24b', 1, 0.34],
  ['Bronze-Sintered', 'Sintered bronze, oil-soaked', '#8f6a3f', 0.85, 0.62],
  ['Cast-Iron-Grey', 'Grey cast iron, shot-blasted', '#5f6265', 0.7, 0.78],
  ['Zinc-Plated', 'Zinc plating, bluish, of shields and screws', '#bfc6cc', 1, 0.27],
  ['Rubber-Black', 'Nitrile rubber of seals', '#1b1b1c', 0, 0.82],
  ['Rubber-Brown', 'Fluoro rubber of seals for high temperatures', '#4a2f22', 0, 0.78],
  ['Polyamide-Black', 'Polyamide with carbon black', '#232426', 0, 0.58],
  ['Polyamide-Natural', 'Glass-fibre polyamide, natural', '#d8cfb4', 0, 0.55],
  ['PTFE-White', 'PTFE, white', '#f0f0ec', 0, 0.5],
  ['Ceramic-Si3N4', 'Silicon nitride of hybrid bearings', '#3a3836', 0, 0.1],
  ['Paint-RAL-5010', 'Enamel, gentian blue', '#0e4c8a', 0, 0.35],
  ['Paint-RAL-7035', 'Enamel, light grey', '#cbd0cc', 0, 0.4],
]);

/** CAD material name to render material; null: nobody has decided yet, and renders of such parts fail. */
export const MATERIAL_MAPPINGS: CatalogueMapping[] = (
  [
    ['100Cr6', 'Steel-Bare'],
    ['100CrMnSi6-4', 'Steel-Bare'],
    ['16MnCr5', 'Steel-Brushed'],
    ['45H-brüniert', 'Steel-Black-Oxide'],
    ['Beschichtung-DLC', null],
    ['CuZn40Pb2', 'Brass-Satin'],
    ['EN-GJL-200', 'Cast-Iron-Grey'],
    ['Lack-RAL-5010', 'Paint-RAL-5010'],
    ['NBR-schwarz', 'Rubber-Black'],
    ['PA66-GF25', 'Polyamide-Natural'],
    ['PEEK-CF30', null],
    ['St-8.8-verzinkt', 'Zinc-Plated'],
    ['St-Blech', 'Steel-Brushed'],
    ['St-Blech-verzinkt', 'Zinc-Plated'],
    ['X105CrMo17', 'Stainless-Polished'],
    ['X30CrMoN15-1', null],
    ['X5CrNi18-10', 'Stainless-Brushed'],
    ['X65Cr13', 'Stainless-Brushed'],
  ] as const
).map(([cad_material, material_name]) => ({ cad_material, material_name }));
