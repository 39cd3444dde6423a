import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TurnOutcome } from '../../../shared/contract/index.ts';
import { startPipeline, type RunningPipeline } from '../../../tests/helpers/pipeline.ts';
import { startProgram } from '../../../tests/helpers/process-group.ts';
import { effectLines } from './show-turn.ts';
import { visible } from './visible.ts';

describe('text from elsewhere', () => {
  it('cannot command the terminal', () => {
    expect(visible('a\u001b[2Jb\u202ec\r\u0007\u009b1m')).toBe('a\\u{1b}[2Jb\\u{202e}c\\u{d}\\u{7}\\u{9b}1m');
    expect(visible('Größe: 5 × 3\n\tπ 🙂')).toBe('Größe: 5 × 3\n\tπ 🙂');
  });

  it('is shown with the effect in full', () => {
    const effect = {
      summary: 'Order\u001b[1A',
      counts: { orders: 1, renders: 2 },
      sample: [{ id: '1', label: 'KL-1', note: 'unmapped' }],
    };
    const session_id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    const lines = effectLines({
      id: session_id,
      session_id,
      tool: 'create_order',
      arguments: { a: 1 },
      effect,
      expires_at: '',
      asked: 'first',
      shown: '',
    });
    expect(lines).toEqual([
      'create_order: Order\\u{1b}[1A',
      '  orders 1, renders 2',
      '  - KL-1 (unmapped)',
      '  arguments: {"a":1}',
    ]);
  });
});

describe('ask', () => {
  let pipeline: RunningPipeline;
  beforeAll(async () => {
    // The terminal finds it by its data directory.
    pipeline = await startPipeline({ embedded: true });
  }, 120_000);
  afterAll(() => pipeline.stop());

  const ask = async (...args: string[]) => {
    const program = startProgram('main/doors/terminal/index.ts', { args: [...args, '--data', pipeline.data] });
    return { code: await program.ended, output: program.output() };
  };

  it('attaches to the running pipeline, answers and ends with 0', async () => {
    const { code, output } = await ask('List the output types');
    expect(output).toContain(`found the embedded pipeline at ${pipeline.origin}`);
    expect(output).toContain('✓ list_output_types');
    expect(output).toContain('Web Standard');
    expect(code).toBe(0);
  }, 60_000);

  it('without a terminal denies what would have to be asked, says why and ends with 2', async () => {
    const { code, output } = await ask('Render KL-6205-2RSR as WebP at 64x64', '--json');
    const outcome = JSON.parse(output.split('\n').findLast((line) => line.startsWith('{')) ?? '') as TurnOutcome;
    expect(outcome.response?.tool_calls.at(-1)).toMatchObject({ state: 'rejected', result: { rejected: true } });
    expect(JSON.stringify(outcome)).toContain('no terminal to ask');
    expect(code).toBe(2);
  }, 60_000);

  it('goes on to its end when the reader of its output has seen enough', async () => {
    const door = fileURLToPath(new URL('./index.ts', import.meta.url));
    const child = spawn(process.execPath, [door, 'List the output types', '--data', pipeline.data]);
    child.stdout.once('data', () => child.stdout.destroy());
    let notes = '';
    child.stderr.on('data', (chunk: Buffer) => (notes += String(chunk)));
    const [code] = (await once(child, 'exit')) as [number | null];
    expect([code, notes]).toEqual([0, expect.stringContaining('session ')]);
  }, 60_000);

  it('says once that the month’s tokens run out, and that they have run out', async () => {
    const { token } = await pipeline.signIn('admin@kugelwerk.example');
    const send = async (method: string, path: string, body: object) => {
      const headers = { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID() };
      const init = { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
      expect((await fetch(`${pipeline.origin}/api${path}`, init)).ok).toBe(true);
    };
    const limit = (monthly_token_limit: number | null) =>
      send('PUT', '/tenant/config', { monthly_token_limit, ai_contact: 'Petra Lang' });
    const warningsOf = (output: string) => output.match(/^.*tokens of this month.*$/gm);

    await limit(1_000_000);
    expect(warningsOf((await ask('List the output types')).output)).toBeNull();
    await send('POST', '/chat/usage/reservations', { estimated_tokens: 850_000 });
    const warned = await ask('List the output types');
    expect(warningsOf(warned.output)).toEqual([
      expect.stringMatching(
        /^8\d % of your company's 1,000,000 tokens of this month are used\. Ask Petra Lang for more\.$/,
      ),
    ]);
    expect(warned.code).toBe(0);
    await limit(1);
    const refused = await ask('List the output types');
    expect(warningsOf(refused.output)).toEqual([
      "All of your company's 1 tokens of this month are used. Ask Petra Lang for more.",
    ]);
    expect(refused.code).toBe(1);
    await limit(null);
  }, 120_000);

  it('ends with 1 where it cannot begin', async () => {
    const refused = await ask('Hi', '--model', 'none');
    expect([refused.code, refused.output]).toEqual([1, expect.stringContaining('AI not configured')]);
    const insecure = await ask('Hi', '--pipeline', 'http://pipeline.example');
    expect([insecure.code, insecure.output]).toEqual([1, expect.stringContaining('must be https')]);
  }, 60_000);
});
