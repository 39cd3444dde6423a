import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeskState } from '../../shared/contract/index.ts';
import { startDesk } from '../helpers/desk.ts';
import { startPipeline } from '../helpers/pipeline.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';
import { chatClient } from './chat-client.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function stateOfDeskOn(data: string): Promise<DeskState> {
  const desk = await startDesk({ data });
  cleanUps.push(() => desk.stop());
  return chatClient(desk).call<DeskState>('desk.state');
}

async function directory(): Promise<string> {
  const { path, remove } = await temporaryDirectory();
  cleanUps.push(remove);
  return path;
}

/** Says that it is well so many times, and from then on what a pipeline says that is closing. */
async function closingServer(healthyTimes: number): Promise<Server> {
  let left = healthyTimes;
  const server = createServer((request, response) => {
    const isHealthy = request.url === '/api/health' && left-- > 0;
    response.writeHead(isHealthy ? 200 : 503, { 'content-type': 'application/json' });
    response.end(isHealthy ? '{}' : '{"error":"Service Unavailable","statusCode":503}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => server.close());
  return server;
}

describe('a desk that starts while the pipeline before it ends', () => {
  it('starts its own where the one it found ends before it is signed in', async () => {
    const data = await directory();
    const { port } = (await closingServer(1)).address() as AddressInfo;
    const run = { pid: process.pid, started_at: new Date().toISOString(), port, secret: 'x' };
    await writeFile(join(data, 'run.json'), JSON.stringify(run), { mode: 0o600 });
    const { pipeline } = await stateOfDeskOn(data);
    expect(pipeline.embedded).toBe(true);
    expect(pipeline.url).not.toContain(String(port));
  }, 60_000);

  it('starts its own once the one that owns the directory is gone', async () => {
    const data = await directory();
    const ending = await startPipeline({ data });
    cleanUps.push(() => ending.stop());
    const { token } = await ending.signIn();
    const sql = 'SELECT count(*) FROM materials a, materials b, materials c, materials d, materials e';
    const body = JSON.stringify({ sql });
    const headers = { 'content-type': 'application/json' };
    // What keeps it from ending at once; it is stopped with the pipeline or by its own time limit.
    const slow = ending.request(token, '/api/query', { method: 'POST', headers, body }).catch(() => undefined);
    await ending.request(token, '/api/me');
    process.kill(ending.program.pid, 'SIGTERM');
    const { pipeline } = await stateOfDeskOn(data);
    expect(pipeline.embedded).toBe(true);
    expect(pipeline.url).not.toBe(ending.origin);
    await slow;
  }, 90_000);
});
