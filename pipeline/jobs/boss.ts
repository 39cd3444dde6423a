import { PgBoss } from 'pg-boss';
import { JOB_SCHEMA, type Connection } from '../db/index.ts';

/** What a job of the queues `render` and `seed-image` carries: ids, never data. */
export interface RenderJob {
  tenant_id: string;
  render_id: string;
}

export const QUEUES = { render: 'render', dead: 'render-dead', seedImage: 'seed-image' } as const;

/** Lost workers are looked for this often; a job's own heartbeat says how long it may be silent. */
const SUPERVISE_SECONDS = 5;

/** pg-boss on a schema that the owner made: it neither creates nor migrates anything. */
export async function openBoss(
  connection: Connection,
  options: { works: boolean; max: number },
  onError: (error: Error) => void,
): Promise<PgBoss> {
  const boss = new PgBoss({
    ...connection,
    schema: JOB_SCHEMA,
    createSchema: false,
    migrate: false,
    schedule: false,
    registerInstance: false,
    supervise: options.works,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    // Indexes belong to the owner; the weak roles cannot rebuild them.
    reindex: false,
    useListenNotify: options.works,
    max: options.max,
  });
  boss.on('error', onError);
  await boss.start();
  return boss;
}
