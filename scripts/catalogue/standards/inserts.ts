import { table } from './table.ts';

/**
 * ISO 9628, insert bearings of series UC2 with set screws: shaft d, outside diameter D, inner ring width B. The number in
 * the designation is the bore code; 01 to 03 share the outer ring of 04.
 */
export const ISO_9628_UC2 =
  table(`12 47 31, 15 47 31, 17 47 31, 20 47 31, 25 52 34.1, 30 62 38.1, 35 72 42.9, 40 80 49.2,
  45 85 49.2, 50 90 51.6, 55 100 55.6, 60 110 65.1, 65 120 65.1, 70 125 74.6, 75 130 77.8, 80 140 82.6, 85 150 85.7,
  90 160 96`);

/** Cast pillow blocks P2 (ISO 3228, JIS B 1559): shaft, seat (the D of the insert bearing), width A of the foot. */
export const PILLOW_BLOCKS_P2 = table(`20 47 38, 25 52 38, 30 62 48, 35 72 48, 40 80 54, 45 85 54, 50 90 60, 55 100 60,
  60 110 70, 65 120 70, 70 125 72, 75 130 74, 80 140 78, 85 150 83, 90 160 88`);

/** Cast square flanges F2 (ISO 3228, JIS B 1559): shaft, seat, depth A. */
export const SQUARE_FLANGES_F2 =
  table(`20 47 25.5, 25 52 27, 30 62 31, 35 72 34, 40 80 36, 45 85 38, 50 90 40, 55 100 43,
  60 110 48, 65 120 50, 70 125 54, 75 130 56, 80 140 58, 85 150 63, 90 160 68`);

/**
 * Drawn cup needle roller bearings with open ends, HK (ISO 3245, DIN 618-1): under the rollers Fw, outside diameter D,
 * width C.
 */
export const ISO_3245_HK = table(`5 9 9, 6 10 8, 6 10 9, 7 11 9, 8 12 8, 8 12 10, 9 13 10, 9 13 12, 10 14 10, 10 14 12,
  10 14 15, 12 16 10, 12 18 12, 13 19 12, 14 20 12, 15 21 12, 15 21 16, 16 22 12, 16 22 16, 17 23 12, 18 24 12,
  18 24 16, 20 26 12, 20 26 16, 20 26 20, 22 28 12, 22 28 16, 22 28 20, 25 32 12, 25 32 16, 25 32 20, 25 32 26,
  28 35 16, 28 35 20, 30 37 12, 30 37 16, 30 37 20, 30 37 26, 35 42 12, 35 42 16, 35 42 20, 40 47 12, 40 47 16,
  40 47 20, 45 52 12, 45 52 16, 45 52 20, 50 58 20, 50 58 25, 55 63 20, 60 68 12, 60 68 20`);
