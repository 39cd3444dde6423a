/** A CAD material that a few products carry on some parts and that no mapping covers: what blocks a good render. */
export interface SpecialMaterial {
  material: string;
  parts: string[];
  designations: string[];
}

export const SPECIAL_MATERIALS: readonly SpecialMaterial[] = [
  {
    material: 'PEEK-CF30',
    parts: ['cage'],
    designations: [
      '7201-B',
      '7203-B',
      '7206-B',
      '7303-B',
      'NA4904',
      'NA4908',
      'NA6905',
      '51107',
      '51110',
      '51206',
      '51209',
    ],
  },
  {
    material: 'X30CrMoN15-1',
    parts: ['inner_ring', 'outer_ring'],
    designations: ['61802', '61803', '61902', '61903', 'NU1008-M1', 'NU1010-M1', '32008-X', '32010-X'],
  },
  {
    material: 'Beschichtung-DLC',
    parts: ['rolling_elements'],
    designations: [
      '619/5',
      '619/7',
      'N206-E-TVP2',
      'N208-E-TVP2',
      'NUP207-E-TVP2',
      '22210-E1',
      '22212-E1',
      '23024-E1A-M',
      '29416-E1',
    ],
  },
];
