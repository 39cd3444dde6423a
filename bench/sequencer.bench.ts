import type { Benchmark } from './benchmark.ts';
import { openPipeline } from './pipeline/open-pipeline.ts';
import { millisecondsOf } from './pipeline/timing.ts';

const EVENTS = 100_000;

/** A row at a time, as migration 0002 did it: what the batch is compared with. */
const ROW_BY_ROW = `DO $$
DECLARE item record; next_seq bigint;
BEGIN
  FOR item IN SELECT id, tenant_id, event, created_at FROM rd.outbox ORDER BY id LIMIT 10000 LOOP
    INSERT INTO rd.event_counters AS c (tenant_id, seq) VALUES (item.tenant_id, 1)
      ON CONFLICT (tenant_id) DO UPDATE SET seq = c.seq + 1 RETURNING seq INTO next_seq;
    INSERT INTO rd.events (tenant_id, seq, event, at) VALUES (item.tenant_id, next_seq, item.event, item.created_at);
    DELETE FROM rd.outbox WHERE id = item.id;
  END LOOP;
END $$`;

export const benchmark: Benchmark = {
  what: 'numbering of events: batches against a row at a time, on the database alone',
  run: async () => {
    const pipeline = await openPipeline({ products: 100_000 });
    try {
      const { admin } = pipeline;
      // In a transaction that is rolled back, and with the sequencer's lock held, so that the pipeline leaves them alone.
      await admin.query('BEGIN; SELECT pg_advisory_xact_lock(7203115, 1); ALTER TABLE rd.outbox DISABLE TRIGGER ALL');
      const fill = `INSERT INTO rd.outbox (tenant_id, event) SELECT t.id, jsonb_build_object('type', 'line.changed', 'n', n)
        FROM generate_series(1, $1::integer) AS n JOIN LATERAL (SELECT id FROM rd.tenants ORDER BY id OFFSET n % 2 LIMIT 1) t ON true`;
      await admin.query(fill, [EVENTS]);
      const batches = await millisecondsOf(async () => {
        for (let done = 0; done < EVENTS; done += 1000) await admin.query('SELECT rd.sequence_events(1000)');
      });
      await admin.query(fill, [10_000]);
      const rows = await millisecondsOf(() => admin.query(ROW_BY_ROW));
      await admin.query('ROLLBACK');
      const [perSecond, before] = [(EVENTS / batches) * 1000, (10_000 / rows) * 1000];
      return [
        {
          name: 'events numbered',
          value: `${perSecond.toFixed(0)}/s against ${before.toFixed(0)}/s a row at a time (x ${(perSecond / before).toFixed(1)})`,
          bar: '10000/s',
          held: perSecond >= 10_000,
        },
      ];
    } finally {
      await pipeline.stop();
    }
  },
};
