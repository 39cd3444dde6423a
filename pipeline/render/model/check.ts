import type { Dimensions, PartKind } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { ELEMENT_COUNT, planElements } from './elements.ts';
import type { Plan, Traits } from './build.ts';

/** Bearings above this are not made; below it the numbers of the picture stay well behaved. */
const MAX_MM = 100_000;

/** No rolling bearing is wider than this many times its outside diameter; drawn cups come to 1. */
const WIDEST = 3;

function refuse(field: string, message: string): Result<never> {
  return fail('part_not_drawable', message, { fields: [{ field: `dimensions.${field}`, message }] });
}

function checkLengths({ d, D, B, r }: Dimensions): Result<null> {
  const lengths: [string, string, number | undefined][] = [
    ['d', 'bore diameter d', d],
    ['D', 'outside diameter D', D],
    ['B', 'width B', B],
    ['r', 'chamfer r', r],
  ];
  for (const [field, name, value] of lengths) {
    if (value === undefined && field === 'r') continue;
    if (value === undefined || !Number.isFinite(value) || value <= 0 || value > MAX_MM) {
      return refuse(field, `The ${name} must be a length above 0 mm, not ${String(value)}.`);
    }
  }
  if (d >= D)
    return refuse('d', `The bore diameter d (${d} mm) must be smaller than the outside diameter D (${D} mm).`);
  if (B > WIDEST * D) {
    return refuse('B', `The width B (${B} mm) is more than ${WIDEST} times the outside diameter D (${D} mm).`);
  }
  const room = Math.min((D - d) / 2, B) / 2;
  if (r !== undefined && r > room) {
    return refuse('r', `The chamfer r (${r} mm) is larger than half the section (${room} mm).`);
  }
  return ok(null);
}

function checkRows(kind: PartKind, { rows, alpha }: Dimensions): Result<null> {
  if (!Number.isInteger(rows) || rows < 1 || rows > 4) {
    return refuse('rows', `The number of rows must be 1 to 4, not ${String(rows)}.`);
  }
  const thrust = kind === 'thrust_ball' || kind === 'thrust_roller';
  const steepest = thrust ? 90 : 60;
  if (alpha !== undefined && !(alpha >= 0 && alpha <= steepest)) {
    return refuse('alpha', `The contact angle alpha must be 0 to ${steepest} degrees, not ${String(alpha)}.`);
  }
  return ok(null);
}

/**
 * The plan of a part from its boundary dimensions, or `part_not_drawable` with a sentence naming the dimension that
 * makes it impossible.
 */
export function planPart(kind: Exclude<PartKind, 'housing'>, dimensions: Dimensions, traits: Traits): Result<Plan> {
  const lengths = checkLengths(dimensions);
  if (!lengths.ok) return lengths;
  const rows = checkRows(kind, dimensions);
  if (!rows.ok) return rows;
  const { d, D, B } = dimensions;
  const ringless = kind === 'needle_roller' && !traits.has('inner_ring');
  const elements = planElements(kind, dimensions, { caged: traits.has('cage'), ringless });
  if (elements.count < ELEMENT_COUNT.min) {
    return refuse(
      'D',
      `Rolling elements do not fit: between d ${d} mm and D ${D} mm there is room for fewer than ${ELEMENT_COUNT.min}.`,
    );
  }
  if (elements.count > ELEMENT_COUNT.max) {
    const [field, what] =
      elements.diameter < ((D - d) / 2) * 0.3 ? (['B', 'width B'] as const) : (['D', 'section (D - d) / 2'] as const);
    return refuse(
      field,
      `Rolling elements do not fit: the ${what} leaves room only for ones of ${elements.diameter.toFixed(3)} mm.`,
    );
  }
  const section = (D - d) / 2;
  return ok({
    dimensions,
    elements,
    chamfer: Math.min(dimensions.r ?? 0.07 * Math.min(section, B), 0.12 * section, 0.2 * B),
    half: B / 2,
    section,
    pitchRadius: elements.pitch / 2,
    ...traits,
  });
}
