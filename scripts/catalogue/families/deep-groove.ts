import type { CatalogueProduct } from '../../../shared/domain/index.ts';
import { series, type Family } from '../part.ts';
import { ISO_15 } from '../standards/iso15.ts';
import { boreCode, bores, type Size } from '../standards/table.ts';

const STEEL = { inner_ring: '100Cr6', outer_ring: '100Cr6', rolling_elements: '100Cr6', cage: 'St-Blech' };
const STAINLESS = { inner_ring: 'X65Cr13', outer_ring: 'X65Cr13', rolling_elements: 'X105CrMo17', cage: 'X5CrNi18-10' };

const RILLEN: Family = {
  prefix: 'KL',
  category: ['Kugellager', 'Rillenkugellager'],
  noun: 'Rillenkugellager',
  kind: 'deep_groove',
  note: 'offen',
  materials: STEEL,
};
const MINIATUR: Family = {
  ...RILLEN,
  category: ['Kugellager', 'Miniaturkugellager'],
  noun: 'Miniatur-Rillenkugellager',
};

/** Suffixes of the closures (DIN 623-1): none, -2Z shields on both sides, -2RSR seals on both sides. */
const CLOSURES = {
  '': {},
  '-2Z': { closure: 'shield', note: 'beidseitig mit Deckscheiben', part: { shield: 'St-Blech-verzinkt' } },
  '-2RSR': { closure: 'seal', note: 'beidseitig abgedichtet', part: { seal: 'NBR-schwarz' } },
} as const;

function closed(family: Family, suffix: keyof typeof CLOSURES): Family {
  if (suffix === '') return family;
  const { closure, note, part } = CLOSURES[suffix];
  return { ...family, closure, note, materials: { ...family.materials, ...part } };
}

function variants(family: Family, prefix: string, sizes: readonly Size[], suffixes: (keyof typeof CLOSURES)[]) {
  return suffixes.flatMap((suffix) =>
    series(closed(family, suffix), sizes, (size) => `${prefix}${boreCode(size.d)}${suffix}`),
  );
}

const ALL = ['', '-2Z', '-2RSR'] as const satisfies readonly (keyof typeof CLOSURES)[];

/** Bores under 10 mm (DIN 625-1): the bore is the last figure of the designation; series 618 and 619 put a "/" before it. */
function miniature(): CatalogueProduct[] {
  const sealed = ISO_15['02'].filter((size) => [5, 6, 7, 9].includes(size.d));
  return [
    ...variants(MINIATUR, '60', bores(ISO_15['10'], 4, 9), ['', '-2Z']),
    ...variants(MINIATUR, '60', bores(ISO_15['10'], 7, 9), ['-2RSR']),
    ...variants(MINIATUR, '62', bores(ISO_15['02'], 3, 9), ['', '-2Z']),
    ...variants(MINIATUR, '62', sealed, ['-2RSR']),
    ...variants(MINIATUR, '63', bores(ISO_15['03'], 4, 5), ['']),
    ...variants(MINIATUR, '618/', bores(ISO_15['18'], 3, 9), ['']),
    ...variants(MINIATUR, '619/', bores(ISO_15['19'], 3, 9), ['']),
  ].sort((a, b) => a.dimensions.d - b.dimensions.d);
}

/** Deep groove ball bearings, ISO 15 and DIN 625-1. */
export function deepGroove(): CatalogueProduct[] {
  const stainless = closed({ ...RILLEN, materials: STAINLESS, note: '' }, '-2RSR');
  const rustproof: Family = { ...stainless, note: 'nichtrostend, beidseitig abgedichtet' };
  return [
    ...variants(RILLEN, '618', bores(ISO_15['18'], 10, 40), ['']),
    ...variants(RILLEN, '619', bores(ISO_15['19'], 10, 40), ['']),
    ...variants(RILLEN, '160', bores(ISO_15['00'], 15, 50), ['']),
    ...variants(RILLEN, '60', bores(ISO_15['10'], 10, 80), [...ALL]),
    ...variants(RILLEN, '62', bores(ISO_15['02'], 10, 80), [...ALL]),
    ...variants(RILLEN, '63', bores(ISO_15['03'], 10, 60), [...ALL]),
    ...variants(RILLEN, '64', bores(ISO_15['04'], 17, 40), ['']),
    ...series(rustproof, bores(ISO_15['10'], 10, 25), (size) => `S60${boreCode(size.d)}-2RSR`),
    ...series(rustproof, bores(ISO_15['02'], 10, 30), (size) => `S62${boreCode(size.d)}-2RSR`),
    ...miniature(),
  ];
}
