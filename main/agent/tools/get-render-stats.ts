import { z } from 'zod';
import { PERIODS, STATS_GROUPS } from '../../../shared/domain/index.ts';
import { readTool } from './tool.ts';

const moment = z.iso.datetime({ offset: true });

export const getRenderStats = readTool({
  name: 'get_render_stats',
  description:
    'Counts renders of a period: total, done, failed, cancelled, queued, running, durations (ms) and failures by reason. ' +
    'Use it for "how many renders failed this week". Give period (in the company\'s time zone, weeks start on Monday), or since and ' +
    'until as ISO 8601 with offset. group_by adds groups with their own counts.',
  args: z
    .object({
      period: z.enum(PERIODS).nullish(),
      since: moment.nullish(),
      until: moment.nullish(),
      group_by: z.enum(STATS_GROUPS).nullish(),
    })
    .strict(),
  run: ({ period, since, until, group_by }, { pipeline, signal }) =>
    pipeline.read.renderStats(
      {
        ...(period ? { period } : {}),
        ...(since ? { since } : {}),
        ...(until ? { until } : {}),
        ...(group_by ? { group_by } : {}),
      },
      signal,
    ),
});
