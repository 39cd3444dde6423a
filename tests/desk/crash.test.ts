import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { DeskState } from '../../shared/contract/index.ts';
import type { Order, Page } from '../../shared/domain/index.ts';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';
import { chatClient, pendingOf } from './chat-client.ts';

const directory = await temporaryDirectory();
const running: RunningDesk[] = [];
afterAll(async () => {
  for (const desk of running) await desk.stop();
  await directory.remove();
});

async function start() {
  const desk = await startDesk({ data: directory.path });
  running.push(desk);
  const chat = chatClient(desk);
  const countOrders = async () => (await chat.call<Page<Order>>('orders.list', { limit: 1 })).total;
  return { desk, chat, countOrders };
}

const words = 'Render KL-6205-2RSR as WebP at 64x64';

describe('two starts at once', () => {
  it('share one pipeline on one data directory', async () => {
    const both = await Promise.all([start(), start()]);
    const [first, second] = await Promise.all(both.map(({ chat }) => chat.call<DeskState>('desk.state')));
    expect(first?.pipeline).toEqual(second?.pipeline);
    expect(first?.pipeline.embedded).toBe(true);
    // What one of them does the other one has.
    const { session_id } = await both[0].chat.send('List the output types');
    expect((await both[1].chat.messages(session_id)).length).toBe(2);
    for (const { desk } of both) await desk.stop();
    running.length = 0;
  }, 120_000);
});

describe('after kill -9', () => {
  it('of the desk with all it started, a waiting approval still waits and then counts once', async () => {
    const first = await start();
    const before = await first.countOrders();
    const waiting = await first.chat.send(words);
    const pending = pendingOf(waiting);
    await first.desk.program.kill9Group();

    const { chat, countOrders } = await start();
    expect(await chat.approvals()).toEqual([pending]);
    expect((await chat.messages(waiting.session_id)).at(-1)).toMatchObject({ status: 'waiting' });
    expect(await countOrders()).toBe(before);
    const done = await chat.decide(pending.id, { decision: 'approve' });
    expect(done).toMatchObject({ status: 'done', session_id: waiting.session_id });
    expect(await countOrders()).toBe(before + 1);
    expect((await chat.messages(waiting.session_id)).map(({ role, status }) => [role, status])).toEqual([
      ['user', 'done'],
      ['assistant', 'done'],
    ]);
  }, 120_000);

  it('of the pipeline alone, the desk brings it back and goes on', async () => {
    const { chat, countOrders } = await start();
    const before = await countOrders();
    const pending = pendingOf(await chat.send(words));
    const run = JSON.parse(await readFile(join(directory.path, 'run.json'), 'utf8')) as { pid: number };
    process.kill(run.pid, 'SIGKILL');
    const done = await chat.decide(pending.id, { decision: 'approve' });
    expect(done.status).toBe('done');
    expect(await countOrders()).toBe(before + 1);
    expect((await chat.call<DeskState>('desk.state')).me).not.toBeNull();
  }, 120_000);
});
