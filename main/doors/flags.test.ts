import { expect, it } from 'vitest';
import { unwrap } from '../../shared/errors/index.ts';
import { parseFlags } from './flags.ts';
import { readAskFlags } from './terminal/ask-flags.ts';

const env = { XDG_DATA_HOME: '/data', HOME: '/home/anna' };

it('has the defaults of the commands', () => {
  const flags = unwrap(parseFlags([], env));
  expect(flags).toMatchObject({
    port: 0,
    open: true,
    approve: 'ask',
    model: 'auto',
    pipelineUrl: undefined,
    token: undefined,
  });
  if (process.platform === 'linux') expect(flags.dataDir).toBe('/data/Renderdesk');
});

it('reads every flag, and the environment where a flag is left out', () => {
  const args = ['--web', '--port', '4800', '--no-open', '--data', '/d', '--approve', 'auto', '--model=none'];
  const given = { ...env, RENDERDESK_PIPELINE_URL: 'https://p.example', RENDERDESK_TOKEN: 't' };
  expect(unwrap(parseFlags(args, given))).toMatchObject({
    port: 4800,
    open: false,
    dataDir: '/d',
    approve: 'auto',
    model: 'none',
    pipelineUrl: 'https://p.example',
    token: 't',
  });
  expect(unwrap(parseFlags(['--pipeline', 'https://q.example'], given)).pipelineUrl).toBe('https://q.example');
});

it.each([
  [['--port', 'x'], /--port/],
  [['--port', '70000'], /--port/],
  [['--approve', 'always'], /--approve/],
  [['--model', 'gpt'], /--model/],
  [['--as', 'nobody'], /--as/],
  [['--as', 'a@b.example', '--pipeline', 'https://p.example'], /--as/],
  [['--colour'], /--colour/],
])('refuses %j by name', (args, named) => {
  const flags = parseFlags(args, env);
  expect(flags).toMatchObject({
    ok: false,
    failure: { code: 'bad_request', message: expect.stringMatching(named) as string },
  });
});

it('takes the words of ask, and a session that is one', () => {
  const session = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  const asked = unwrap(readAskFlags(['Show', 'my orders', '--json', '--session', session, '--data', '/d'], env));
  expect(asked).toMatchObject({ message: 'Show my orders', json: true, sessionId: session, desk: { dataDir: '/d' } });
  expect(readAskFlags([], env)).toMatchObject({ failure: { message: 'Say what you want.' } });
  expect(readAskFlags(['x', '--session', 'y'], env)).toMatchObject({ failure: { code: 'bad_request' } });
});
