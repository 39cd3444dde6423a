import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chatSessionSchema, pageOf, storedMessageSchema, type MessageWrite } from '../../../shared/domain/index.ts';
import { problemSchema } from '../../../shared/errors/index.ts';
import type { Answer, Client } from '../../test-support/client.ts';
import { callOf, messageOf } from '../../test-support/requests.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';

const pipeline = usePipeline({ workers: 0 });
let operator: Client;
let session: string;

beforeAll(async () => {
  operator = await pipeline().as('operator@kugelwerk.example');
});
beforeEach(() => {
  session = randomUUID();
});

const put = (id: string, body: MessageWrite, client = operator): Promise<Answer> =>
  client.call('PUT', `/chat/messages/${id}`, { body });
const putCall = (id: string, body: object): Promise<Answer> => operator.call('PUT', `/chat/tool-calls/${id}`, { body });
const ask = (content = 'hello'): Promise<Answer> => put(randomUUID(), messageOf(session, { content }));

/** A turn held by a desk for some seconds more. */
function turn(desk_id: string, lease: number, more: Partial<MessageWrite> = {}): MessageWrite {
  const lease_until = new Date(Date.now() + lease * 1000).toISOString();
  return messageOf(session, { role: 'assistant', content: '', status: 'running', desk_id, lease_until, ...more });
}

describe('what a chat stands at', () => {
  const chat = async () => {
    const { items } = await operator.read(pageOf(chatSessionSchema), '/chat/sessions?limit=200');
    const found = items.find(({ session_id }) => session_id === session);
    if (!found) throw new Error('the chat is not listed');
    return found;
  };

  test('it runs while a desk holds the turn, waits for its user, and is unread until it was looked at', async () => {
    const id = randomUUID();
    await ask();
    expect(await chat()).toMatchObject({ state: 'idle', unread: false });
    await put(id, turn('desk-a', 15));
    expect(await chat()).toMatchObject({ state: 'running', unread: false });
    await put(id, turn('desk-a', -1));
    expect(await chat()).toMatchObject({ state: 'idle' });
    await put(id, turn('desk-a', 15, { status: 'waiting', lease_until: null }));
    expect(await chat()).toMatchObject({ state: 'waiting', unread: true });
    const read = await operator.change(chatSessionSchema, 'PATCH', `/chat/sessions/${session}`, { read: true });
    expect(read).toMatchObject({ state: 'waiting', unread: false });
    await put(id, turn('desk-a', 15, { status: 'done', content: 'It is done.', lease_until: null }));
    expect(await chat()).toMatchObject({ state: 'idle', unread: true, last_message: 'It is done.' });
  });

  test('its title is the first line of its first message, cut between words, and follows it until it is renamed', async () => {
    const first = randomUUID();
    await put(first, messageOf(session, { content: '\n  ---\nRender   all Kugellager\nas WebP' }));
    expect((await chat()).title).toBe('Render all Kugellager');
    const second = randomUUID();
    const long = 'Render all the Zylinderrollenlager with brass cages as PNG, transparent, please';
    await put(second, messageOf(session, { content: long, replaces: first }));
    expect((await chat()).title).toBe('Render all the Zylinderrollenlager with brass cages as PNG…');
    await operator.change(chatSessionSchema, 'PATCH', `/chat/sessions/${session}`, { title: '  Brass  ' });
    await put(randomUUID(), messageOf(session, { content: 'Another', replaces: second }));
    expect(await chat()).toMatchObject({ title: 'Brass', message_count: 1 });
  });
});

describe('replacing', () => {
  const stored = async () =>
    (await operator.read(pageOf(storedMessageSchema), `/chat/sessions/${session}/messages`)).items;
  const ended = (more: Partial<MessageWrite> = {}) =>
    turn('desk-a', 15, { status: 'done', content: 'Answer', lease_until: null, ...more });
  const code = (answer: Answer) => problemSchema.parse(answer.body).code;

  test('the last message goes with its answer, and both stay on record', async () => {
    const [user, answer, again] = [randomUUID(), randomUUID(), randomUUID()];
    await put(user, messageOf(session));
    await put(answer, ended());
    expect((await put(again, messageOf(session, { content: 'Better', replaces: user }))).status).toBe(200);
    expect((await stored()).map(({ id, superseded }) => [id, superseded])).toEqual([
      [user, true],
      [answer, true],
      [again, false],
    ]);
    expect(code(await put(randomUUID(), messageOf(session, { replaces: user })))).toBe('state_conflict');
  });

  test('of two desks that replace one message at once, one does', async () => {
    const user = randomUUID();
    await put(user, messageOf(session));
    const rivals = await Promise.all(
      ['a', 'b'].map((content) => put(randomUUID(), messageOf(session, { content, replaces: user }))),
    );
    expect(rivals.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await stored()).filter(({ superseded }) => !superseded)).toHaveLength(1);
  });

  test('nothing is replaced that is not the last, not over, or not the user’s own', async () => {
    const [user, answer] = [randomUUID(), randomUUID()];
    await put(user, messageOf(session));
    await put(answer, turn('desk-a', 15));
    const replaced = () => put(randomUUID(), messageOf(session, { replaces: user }));
    expect(code(await replaced())).toBe('turn_running');
    await put(answer, turn('desk-a', 15, { status: 'waiting', lease_until: null }));
    expect(code(await replaced())).toBe('turn_running');
    await put(answer, ended());
    await ask('And now?');
    expect(code(await replaced())).toBe('state_conflict');
    expect(code(await put(randomUUID(), messageOf(randomUUID(), { replaces: user })))).toBe('not_found');
    const other = await pipeline().as('viewer@kugelwerk.example');
    expect(code(await put(randomUUID(), messageOf(session, { replaces: user }), other))).toBe('not_found');
  });

  test('an answer is made again where it changed nothing', async () => {
    const [answer, again] = [randomUUID(), randomUUID()];
    await ask();
    await put(answer, ended());
    expect((await put(again, ended({ replaces: answer }))).status).toBe(200);
    const call = callOf(again, { from: null, state: 'proposed', idempotency_key: randomUUID() });
    const id = randomUUID();
    await putCall(id, call);
    await putCall(id, { ...call, from: 'proposed', state: 'done' });
    expect(code(await put(randomUUID(), ended({ replaces: again })))).toBe('state_conflict');
    expect((await stored()).map(({ superseded }) => superseded)).toEqual([false, true, false]);
  });
});
