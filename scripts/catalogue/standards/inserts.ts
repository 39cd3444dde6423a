import { table } from './table.ts';

/**
 * ISO 9628, insert bearings of series UC2 with set screws: shaft d, outside diameter D, inner ring width B. The number in
 * the designation is the bore code; 01 to 03 share the outer ring of 04.
 */
export const ISO_9628_UC2 =
  table(`12 47 31, 15 47 31, 17 47 31, 20 47 31, 25 52 34.1, 30 62 38.1, 35 72 42.9, 40 80 49.2,
  45 85 49.2, 50 90 51.6, 55 100 55.6, 60 110 65.1, 65 120 65.1, 70 125 74.6, 75 130 77.8, 80 140 82.6, 85 150 85.7,
  90 160 96`);

/**
 * Cast pillow blocks P2 (ISO 3228, JIS B 1559): seat diameter (the D of the insert bearing), length L of the foot, foot
 * width A.
 */
export const PILLOW_BLOCKS_P2 = table(`47 127 38, 52 140 38, 62 165 48, 72 167 48, 80 184 54, 85 190 54, 90 206 60,
  100 219 60, 110 241 70, 120 265 70, 125 266 72, 130 275 74, 140 292 78, 150 310 83, 160 327 88`);

/** Cast square flanges F2 (ISO 3228, JIS B 1559): seat diameter, side L of the flange, height A. */
export const SQUARE_FLANGES_F2 = table(`47 86 25.5, 52 95 27, 62 108 31, 72 117 34, 80 130 36, 85 137 38, 90 143 40,
  100 162 43, 110 175 48, 120 187 50, 125 193 54, 130 200 56, 140 208 58, 150 220 63, 160 235 68`);

/** Square flange units UCF2: shaft, side L of the flange, depth A0 from the flange to the end of the inner ring. */
export const FLANGE_UNITS_UCF2 = table(`20 86 33.3, 25 95 35.8, 30 108 40.2, 35 117 44.4, 40 130 51.2, 45 137 52.2,
  50 143 54.6, 55 162 58.4, 60 175 68.7, 65 187 69.7, 70 193 75.4, 75 200 78.5, 80 208 83.3, 85 220 87.6, 90 235 96.3`);

/**
 * Drawn cup needle roller bearings with open ends, HK (ISO 3245, DIN 618-1): under the rollers Fw, outside diameter D,
 * width C.
 */
export const ISO_3245_HK = table(`5 9 9, 6 10 8, 6 10 9, 7 11 9, 8 12 8, 8 12 10, 9 13 10, 9 13 12, 10 14 10, 10 14 12,
  10 14 15, 12 16 10, 12 18 12, 13 19 12, 14 20 12, 15 21 12, 15 21 16, 16 22 12, 16 22 16, 17 23 12, 18 24 12,
  18 24 16, 20 26 12, 20 26 16, 20 26 20, 22 28 12, 22 28 16, 22 28 20, 25 32 12, 25 32 16, 25 32 20, 25 32 26,
  28 35 16, 28 35 20, 30 37 12, 30 37 16, 30 37 20, 30 37 26, 35 42 12, 35 42 16, 35 42 20, 40 47 12, 40 47 16,
  40 47 20, 45 52 12, 45 52 16, 45 52 20, 50 58 20, 50 58 25, 55 63 20, 60 68 12, 60 68 20`);
