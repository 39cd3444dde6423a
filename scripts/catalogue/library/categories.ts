import type { CatalogueCategory } from '../../../shared/domain/index.ts';

/** The category tree, parents before children. */
export const CATEGORIES: CatalogueCategory[] = [
  { path: ['Kugellager'], description: 'Radiallager mit Kugeln' },
  {
    path: ['Kugellager', 'Rillenkugellager'],
    description: 'Einreihige Rillenkugellager nach DIN 625-1, offen und abgedichtet',
  },
  { path: ['Kugellager', 'Miniaturkugellager'], description: 'Rillenkugellager mit Bohrungen unter 10 mm' },
  { path: ['Kugellager', 'Schrägkugellager'], description: 'Ein- und zweireihige Schrägkugellager nach DIN 628' },
  { path: ['Kugellager', 'Pendelkugellager'], description: 'Zweireihige, winkeleinstellbare Kugellager nach DIN 630' },
  { path: ['Rollenlager'], description: 'Radiallager mit Rollen' },
  { path: ['Rollenlager', 'Zylinderrollenlager'], description: 'Einreihige Zylinderrollenlager nach DIN 5412-1' },
  { path: ['Rollenlager', 'Kegelrollenlager'], description: 'Einreihige Kegelrollenlager nach ISO 355 und DIN 720' },
  {
    path: ['Rollenlager', 'Pendelrollenlager'],
    description: 'Zweireihige, winkeleinstellbare Rollenlager nach DIN 635-2',
  },
  { path: ['Nadellager'], description: 'Rollenlager mit kleinem Querschnitt' },
  { path: ['Nadellager', 'Massive Nadellager'], description: 'Nadellager mit Innenring nach DIN 617' },
  {
    path: ['Nadellager', 'Nadelhülsen'],
    description: 'Spanlos geformte Hülsen nach DIN 618-1, die Welle ist Laufbahn',
  },
  { path: ['Axiallager'], description: 'Lager für axiale Lasten' },
  { path: ['Axiallager', 'Axial-Rillenkugellager'], description: 'Einseitig wirkende Axialkugellager nach DIN 711' },
  { path: ['Axiallager', 'Axial-Zylinderrollenlager'], description: 'Axial-Zylinderrollenlager nach DIN 722' },
  { path: ['Axiallager', 'Axial-Pendelrollenlager'], description: 'Winkeleinstellbare Axiallager nach DIN 728' },
  { path: ['Gehäuseeinheiten'], description: 'Spannlager, ihre Gehäuse und beides zusammen' },
  {
    path: ['Gehäuseeinheiten', 'Spannlager'],
    description: 'Lager mit kugeligem Außenring und Gewindestiften nach ISO 9628',
  },
  { path: ['Gehäuseeinheiten', 'Stehlagergehäuse'], description: 'Gehäuse P2 aus Grauguss, ohne Lager' },
  { path: ['Gehäuseeinheiten', 'Flanschlagergehäuse'], description: 'Vierkantige Gehäuse F2 aus Grauguss, ohne Lager' },
  { path: ['Gehäuseeinheiten', 'Stehlagereinheiten'], description: 'Einheiten UCP2 aus Gehäuse und Spannlager' },
  { path: ['Gehäuseeinheiten', 'Flanschlagereinheiten'], description: 'Einheiten UCF2 aus Gehäuse und Spannlager' },
];
