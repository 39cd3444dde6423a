import { z } from 'zod';
import { renderSettingsSchema } from './output-type.ts';
import { renderStatusSchema } from './order.ts';

export const renderSchema = z.object({
  id: z.uuid(),
  order_id: z.uuid(),
  line_id: z.uuid(),
  attempt: z.number().int(),
  status: renderStatusSchema,
  progress: z.number().min(0).max(1),
  settings: renderSettingsSchema,
  /** A reason a person understands. */
  error: z.string().nullable(),
  failure_reason: z.string().nullable(),
  duration_ms: z.number().int().nullable(),
  image_bytes: z.number().int().nullable(),
  created_at: z.iso.datetime(),
  started_at: z.iso.datetime().nullable(),
  finished_at: z.iso.datetime().nullable(),
});
/** One attempt to produce one order line's image. */
export type Render = z.infer<typeof renderSchema>;

export const renderLogSchema = z.object({
  render_id: z.uuid(),
  lines: z.array(z.object({ at: z.iso.datetime(), text: z.string() })),
});

export const STATS_GROUPS = ['none', 'hour', 'day', 'week', 'month', 'status', 'reason', 'output_type'] as const;
export const PERIODS = ['today', 'yesterday', 'this_week', 'last_week', 'this_month', 'last_month', 'all'] as const;

export const statsQuerySchema = z.object({
  /** A named period in the tenant's time zone; weeks are ISO weeks. Wins over since/until. */
  period: z.enum(PERIODS).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  group_by: z.enum(STATS_GROUPS).default('none'),
});

const percentilesSchema = z.object({ p50: z.number().nullable(), p95: z.number().nullable() });

export const renderStatsSchema = z.object({
  since: z.iso.datetime().nullable(),
  until: z.iso.datetime(),
  time_zone: z.string(),
  /** Renders that were created in the period, by their state now. */
  total: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  cancelled: z.number().int(),
  queued: z.number().int(),
  running: z.number().int(),
  duration_ms: percentilesSchema,
  /** From being queued to being started. */
  wait_ms: percentilesSchema,
  /** Renders that came to their end (done or failed) within the period, whenever they were created. */
  finished: z.number().int(),
  /** `finished` by the hours of the period that are over. */
  throughput_per_hour: z.number(),
  /** As it is now, whatever the period. */
  queue: z.object({
    length: z.number().int(),
    running: z.number().int(),
    /** Since when the first in it waits. */
    oldest_queued_at: z.iso.datetime().nullable(),
    oldest_waiting_s: z.number().nullable(),
  }),
  failures_by_reason: z.array(z.object({ reason: z.string(), count: z.number().int() })),
  /** By time: every hour, day, week or month of the period, empty ones too; else by what was asked, the most first. */
  groups: z.array(
    z.object({
      /** `2026-10-25T02:00+01:00`, `2026-10-25`, `2026-W43`, `2026-10`; a status, reason or output type. */
      key: z.string(),
      /** Where a group of time begins; null for the others. */
      start: z.iso.datetime().nullable(),
      total: z.number().int(),
      done: z.number().int(),
      failed: z.number().int(),
      cancelled: z.number().int(),
    }),
  ),
});
export type RenderStats = z.infer<typeof renderStatsSchema>;
