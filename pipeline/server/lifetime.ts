import { sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { RunningPipeline } from './pipeline.ts';

const CHECK_MS = 1000;
/** A desk that restarts gets this long to come back before its pipeline goes. */
const GRACE_MS = 3000;

/** Calls `stop` once on the first SIGTERM or SIGINT; a second one ends the process at once. */
export function stopOnSignal(stop: () => Promise<void>, log: Logger): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info(`${signal}: stopping`);
    void stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/**
 * Waits for the end of stdin, which says that the desk that started us is gone, and then until nobody listens and
 * nothing is left to render.
 */
export async function parentGone(pipeline: RunningPipeline, log: Logger): Promise<void> {
  await new Promise<void>((resolve) => {
    process.stdin
      .once('end', resolve)
      .once('close', resolve)
      .once('error', () => {
        resolve();
      });
    process.stdin.resume();
  });
  log.info('the desk is gone; stopping once nobody listens and nothing renders');
  let idleSince = Date.now();
  while (Date.now() - idleSince < GRACE_MS) {
    await new Promise((resolve) => setTimeout(resolve, CHECK_MS));
    if (pipeline.hasListeners() || (await isRendering(pipeline))) idleSince = Date.now();
  }
}

async function isRendering({ database }: RunningPipeline): Promise<boolean> {
  for (const tenant of await database.listTenants()) {
    const open = await database.withTenant(tenant.id, (tx) =>
      tx.execute(sql`SELECT 1 FROM rd.orders WHERE status IN ('queued', 'running', 'cancelling') LIMIT 1`),
    );
    if (open.rows.length > 0) return true;
  }
  return false;
}
