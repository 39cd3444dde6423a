import { execFile } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { migrate, openDatabase, serverConnections } from '../../pipeline/db/index.ts';
import { createQueryRunner } from '../../pipeline/query/index.ts';
import { askAsAdmin } from '../../pipeline/test-support/ask-as-admin.ts';
import { findServerPrograms, startTestServer } from '../../scripts/test/postgres-server.ts';

const run = promisify(execFile);

/** Switches TLS on in a server that is on this machine, with a certificate of its own; plain connections are refused. */
async function requireTls(adminUrl: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  const { rows } = await admin.query<{ d: string; h: string }>(
    "SELECT current_setting('data_directory') AS d, current_setting('hba_file') AS h",
  );
  const directory = rows[0]?.d ?? '';
  const [key, certificate] = [join(directory, 'server.key'), join(directory, 'server.crt')];
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
    '-keyout',
    key,
    '-out',
    certificate,
  ]);
  await chmod(key, 0o600);
  await run('sed', ['-i', 's/^host /hostssl /', rows[0]?.h ?? '']);
  await admin.query('ALTER SYSTEM SET ssl = on');
  await admin.query('SELECT pg_reload_conf()');
  await admin.end();
}

it('a query over TLS is cancelled from outside over TLS', async (ctx) => {
  if ((await findServerPrograms()) === null) ctx.skip('no PostgreSQL server is installed below /usr/lib/postgresql');
  const server = await startTestServer();
  try {
    await requireTls(server.adminUrl);
    const url = new URL(server.adminUrl);
    url.searchParams.set('sslmode', 'require');
    url.pathname = '/over_tls';
    await expect
      .poll(async () => {
        const client = new Client({ connectionString: server.adminUrl });
        return await client
          .connect()
          .then(() => client.end())
          .then(
            () => 'plain',
            () => 'refused',
          );
      })
      .toBe('refused');
    const connections = serverConnections(url.href, url.href, 'a secret of this test alone');
    const { admin } = connections;
    if (admin === null) throw new Error('there is no admin connection');
    await migrate({ ...connections, admin });
    const database = openDatabase(connections, (error) => {
      throw error;
    });
    const tenant = await database.createTenant({ name: 'A', config: {} as never });
    const queries = createQueryRunner(connections, (error) => {
      throw error;
    });
    const stop = new AbortController();
    const running = queries.run(
      tenant.id,
      'SELECT count(*) FROM (SELECT generate_series(1, 100000000000)) x',
      stop.signal,
    );
    const active = async () => {
      const [row] = await askAsAdmin<{ n: number; tls: number }>(
        connections,
        `SELECT count(*)::int AS n, count(*) FILTER (WHERE s.ssl)::int AS tls FROM pg_stat_activity a
         JOIN pg_stat_ssl s USING (pid) WHERE usename ~ '_q_[0-9a-f]{32}$' AND state = 'active'`,
      );
      return row;
    };
    await wait(300);
    expect(await active()).toEqual({ n: 1, tls: 1 });
    stop.abort();
    expect(await running).toMatchObject({ ok: false, failure: { code: 'stopped' } });
    await expect.poll(active, { timeout: 800 }).toEqual({ n: 0, tls: 0 });
    await queries.close();
    await database.close();
  } finally {
    await server.stop();
  }
});
