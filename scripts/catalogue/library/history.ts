import type { HistoryFailure, HistoryOrderInput } from '../../../shared/domain/index.ts';

/** A failure for want of a mapping, of exactly these products. */
function unmapped(cadMaterial: string, ...pimIds: string[]): HistoryFailure {
  return {
    reason: `Unmapped CAD material ${cadMaterial}`,
    error: `CAD material ${cadMaterial} has no render material. Map it, or set a material override and retry.`,
    count: pimIds.length,
    pim_ids: pimIds,
  };
}

const undrawable = (count: number): HistoryFailure => ({
  reason: 'Part cannot be drawn',
  error: 'Part cannot be drawn: the cage does not fit between the rings. Correct the dimensions and retry.',
  count,
});
const memory = (count: number): HistoryFailure => ({
  reason: 'Out of memory in the renderer',
  error: 'Out of memory in the renderer at 2400 x 2400 with 256 samples. Retry, or lower the samples.',
  count,
});
const lost = (count: number): HistoryFailure => ({
  reason: 'Render worker lost',
  error: 'The render worker stopped before the image was finished. Retry the failed renders.',
  count,
});

type Fields = Omit<Extract<HistoryOrderInput, { this_week: true }>, 'number' | 'this_week' | 'week_part'>;

function numberOf(number: number): string {
  return `SA-2026-${String(number).padStart(5, '0')}`;
}

/** An order of an earlier week, `time` as HH:MM in the tenant's time zone. */
function past(number: number, days_ago: number, time: string, order: Fields): HistoryOrderInput {
  const [hour = NaN, minute = NaN] = time.split(':').map(Number);
  return { number: numberOf(number), this_week: false, days_ago, hour, minute, ...order };
}

/** An order of the current ISO week, at this part of the time between its start and now. */
function thisWeek(number: number, week_part: number, order: Fields): HistoryOrderInput {
  return { number: numberOf(number), this_week: true, week_part, ...order };
}

/** The first `count` products of a category whose PIM-ID starts with `pim_prefix`. */
function first(count: number, category: string, pim_prefix: string): Fields['products'] {
  return { category, pim_prefix, count };
}

const SCHRAEG = 'Kugellager > Schrägkugellager';
const ZYLINDER = 'Rollenlager > Zylinderrollenlager';
const TONNEN = 'Rollenlager > Pendelrollenlager';
const PEEK_CAGES = ['KL-7201-B', 'KL-7203-B', 'KL-7206-B'];

/** A believable record of nine weeks: numbers 139 to 162, about 350 renders, every kind of outcome. */
export const HISTORY: HistoryOrderInput[] = [
  past(139, 61, '09:12', {
    status: 'done',
    output_type: 'Web Standard',
    created_by: 'operator',
    products: first(30, 'Kugellager > Rillenkugellager', 'KL-62'),
  }),
  past(140, 57, '14:40', {
    status: 'done',
    output_type: 'Thumbnail',
    created_by: 'operator',
    products: first(20, 'Kugellager > Pendelkugellager', 'KL-'),
  }),
  past(141, 54, '10:05', {
    status: 'done_with_failures',
    output_type: 'Print Catalogue',
    created_by: 'admin',
    products: first(12, TONNEN, 'RL-223'),
    failures: [memory(2)],
  }),
  past(142, 50, '11:31', {
    status: 'done',
    output_type: 'Section Drawing',
    created_by: 'operator',
    products: first(15, 'Rollenlager > Kegelrollenlager', 'RL-302'),
  }),
  past(143, 47, '08:55', {
    status: 'done',
    output_type: 'Front View',
    created_by: 'operator',
    products: first(10, 'Axiallager', 'AX-513'),
  }),
  past(144, 44, '16:20', {
    status: 'failed',
    output_type: 'Print Catalogue',
    created_by: 'admin',
    products: first(4, 'Axiallager', 'AX-293'),
    failures: [memory(4)],
  }),
  past(145, 43, '09:02', {
    status: 'done',
    output_type: 'Print Catalogue',
    created_by: 'admin',
    products: first(4, 'Axiallager', 'AX-293'),
    render_overrides: { samples: 96 },
  }),
  past(146, 39, '13:18', {
    status: 'done',
    output_type: 'Web Standard',
    created_by: 'operator',
    products: first(15, 'Gehäuseeinheiten > Stehlagergehäuse', 'GH-P2'),
  }),
  past(147, 36, '10:44', {
    status: 'done_with_failures',
    output_type: 'Web Standard',
    created_by: 'operator',
    products: first(15, SCHRAEG, 'KL-72'),
    failures: [unmapped('PEEK-CF30', ...PEEK_CAGES)],
  }),
  past(148, 35, '08:31', {
    status: 'done',
    output_type: 'Web Standard',
    created_by: 'operator',
    products: { count: 3, also: PEEK_CAGES },
    material_override: 'Steel-Bare',
  }),
  past(149, 30, '15:57', {
    status: 'cancelled',
    output_type: 'Web Zoom',
    created_by: 'operator',
    products: first(20, ZYLINDER, 'RL-NU2'),
    cancelled: 14,
  }),
  past(150, 29, '09:26', {
    status: 'done',
    output_type: 'Web Zoom',
    created_by: 'operator',
    products: first(17, ZYLINDER, 'RL-NU2'),
    render_overrides: { quality: 80 },
  }),
  past(151, 25, '11:09', {
    status: 'done',
    output_type: 'Shop AVIF',
    created_by: 'admin',
    products: first(18, 'Gehäuseeinheiten > Spannlager', 'GH-UC'),
  }),
  past(152, 21, '14:13', {
    status: 'done_with_failures',
    output_type: 'Web Standard',
    created_by: 'operator',
    products: first(12, ZYLINDER, 'RL-NU10'),
    failures: [unmapped('X30CrMoN15-1', 'RL-NU1008-M1', 'RL-NU1010-M1')],
  }),
  past(153, 16, '10:22', {
    status: 'done',
    output_type: 'Thumbnail',
    created_by: 'operator',
    products: first(36, 'Nadellager > Nadelhülsen', 'NL-HK'),
  }),
  past(154, 14, '09:48', {
    status: 'done',
    output_type: 'Web Standard',
    created_by: 'operator',
    products: first(20, 'Kugellager > Rillenkugellager', 'KL-63'),
  }),
  past(155, 9, '13:35', {
    status: 'done_with_failures',
    output_type: 'Web Standard',
    created_by: 'admin',
    products: first(16, 'Nadellager', 'NL-NA49'),
    failures: [unmapped('PEEK-CF30', 'NL-NA4904', 'NL-NA4908'), lost(1)],
  }),
  past(156, 7, '15:06', {
    status: 'done',
    output_type: 'Front View',
    created_by: 'operator',
    products: first(16, 'Kugellager > Rillenkugellager', 'KL-60'),
  }),
  thisWeek(157, 0.08, {
    status: 'done_with_failures',
    output_type: 'Web Standard',
    created_by: 'operator',
    products: first(18, 'Kugellager > Rillenkugellager', 'KL-61'),
    failures: [unmapped('X30CrMoN15-1', 'KL-61802', 'KL-61803', 'KL-61902', 'KL-61903')],
  }),
  thisWeek(158, 0.25, {
    status: 'done',
    output_type: 'Thumbnail',
    created_by: 'operator',
    products: first(15, 'Gehäuseeinheiten > Flanschlagereinheiten', 'GH-UCF'),
  }),
  thisWeek(159, 0.45, {
    status: 'done_with_failures',
    output_type: 'Print Catalogue',
    created_by: 'admin',
    products: first(14, TONNEN, 'RL-222'),
    failures: [unmapped('Beschichtung-DLC', 'RL-22210-E1', 'RL-22212-E1'), memory(3)],
  }),
  thisWeek(160, 0.62, {
    status: 'done_with_failures',
    output_type: 'Web Standard',
    created_by: 'operator',
    products: first(12, SCHRAEG, 'KL-73'),
    failures: [unmapped('PEEK-CF30', 'KL-7303-B'), undrawable(1), lost(1)],
  }),
  thisWeek(161, 0.8, {
    status: 'draft',
    output_type: 'Section Drawing',
    created_by: 'admin',
    products: first(14, 'Rollenlager > Kegelrollenlager', 'RL-303'),
  }),
  thisWeek(162, 0.93, {
    status: 'failed',
    output_type: 'Shop AVIF',
    created_by: 'admin',
    products: first(3, 'Axiallager > Axial-Zylinderrollenlager', 'AX-811'),
    failures: [lost(3)],
  }),
];
