import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { startEmbedded } from './index.ts';

test('a session that is bounded gets an error where it grows too far, and nobody else notices', async (ctx) => {
  if (process.platform !== 'linux') ctx.skip('the address space of a process can be bounded on Linux alone');
  const directory = await mkdtemp(path.join(os.tmpdir(), 'rd-limits-'));
  const postgres = await startEmbedded(directory);
  const connection = { ...postgres.connections.admin, database: 'postgres' };
  const [bounded, other] = [new Client(connection), new Client(connection)];
  await Promise.all([bounded.connect(), other.connect()]);
  const { rows } = await bounded.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const pid = rows[0]?.pid ?? 0;
  await postgres.connections.limitQuerySession?.(pid);
  expect(await readFile(`/proc/${pid}/limits`, 'utf8')).toMatch(/Max address space +402653184 +402653184/);
  expect(os.getPriority(pid)).toBe(10);
  const grow = "SELECT length(repeat(repeat('x', 1000), 120000) || repeat(repeat('y', 1000), 120000))";
  await expect(bounded.query(grow)).rejects.toMatchObject({ code: '53200' });
  expect((await bounded.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  expect((await other.query(grow)).rows).toEqual([{ length: 240_000_000 }]);
  await Promise.all([bounded.end(), other.end()]);
  await postgres.stop();
  await rm(directory, { recursive: true, force: true });
});
