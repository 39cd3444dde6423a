import { afterEach, describe, expect, it } from 'vitest';
import {
  broken,
  delta,
  refusal,
  sse,
  startWireServer,
  type WireAnswer,
  type WireServer,
} from '../../tests/helpers/agent/index.ts';
import { directNetwork } from '../network/index.ts';
import { noModel, testModel } from './test-model.ts';
import { failure } from '../../shared/errors/index.ts';

const KEY = 'sk-canary-0123456789';
const fine = sse(delta({ content: 'OK' }), delta({}, 'stop'));
const open: WireServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function test(answers: WireAnswer[], more: { endpoint?: string; key?: string } = {}) {
  const server = await startWireServer(...answers);
  open.push(server);
  const target = { form: 'v1', deployment: 'gpt', apiVersion: null, label: 'gpt at host', offline: false } as const;
  const { fetch } = directNetwork();
  const whole = { ...target, endpoint: more.endpoint ?? server.origin, key: more.key ?? KEY };
  const result = await testModel(whole, { fetch }, new AbortController().signal);
  expect(JSON.stringify(result)).not.toContain('canary');
  return { result, server };
}

describe('a test of the connection', () => {
  it('says that it works, and what the model is spared from now on', async () => {
    const { result, server } = await test([
      refusal(400, { error: { param: 'temperature', message: "Unsupported value: 'temperature'" } }),
      fine,
    ]);
    expect(result).toMatchObject({ ok: true, code: null, model: 'gpt at host', left_out: ['temperature'] });
    expect(result.message).toMatch(/^It works: gpt at host answered in \d+\.\d s\.$/);
    expect(server.requests[1]?.body).toMatchObject({ max_completion_tokens: 400, tools: [{ type: 'function' }] });
  });

  it('takes an answer that is cut, or a call of the tool, for one', async () => {
    const call = { index: 0, id: 'a', function: { name: 'report_ready', arguments: '{}' } };
    expect((await test([sse(delta({ content: 'O' }), delta({}, 'length'))])).result.ok).toBe(true);
    expect((await test([sse(delta({ tool_calls: [call] }), delta({}, 'tool_calls'))])).result.ok).toBe(true);
  });

  it.each<[string, WireAnswer, string, RegExp]>([
    ['a wrong key', refusal(401, { error: { code: '401', message: `bad ${KEY}` } }), 'key', /refused the key/],
    [
      'no deployment',
      refusal(404, { error: { code: 'DeploymentNotFound', message: 'The API deployment does not exist.' } }),
      'no_deployment',
      /no such deployment/,
    ],
    [
      'a wrong version',
      refusal(404, { error: { message: 'API version not supported' } }),
      'api_version',
      /API version/,
    ],
    [
      'a busy model',
      refusal(429, { error: { code: '429', message: 'Please wait.' } }, { 'retry-after': '33' }),
      'rate_limit',
      /are right, but the model is busy.*33 sec/,
    ],
    ['no quota', refusal(429, { error: { code: 'insufficient_quota', message: '' } }), 'quota', /quota/],
    [
      'the filter',
      refusal(400, { error: { code: 'content_filter', message: '' } }),
      'content_filter',
      /content filter/,
    ],
    ['a firewall', refusal(403, { error: { message: 'Virtual Network/Firewall rules' } }), 'network_rules', /firewall/],
    [
      'a model without tools',
      refusal(400, { error: { param: 'tools', message: 'Not supported.' } }),
      'no_tools',
      /cannot call tools/,
    ],
    [
      'a web page',
      broken((response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')),
      'not_a_model',
      /not a model/,
    ],
    ['another API', broken(refusal(200, { hello: 'world' })), 'not_a_model', /not a model/],
    [
      'a redirect',
      (response) => void response.writeHead(302, { location: 'https://elsewhere.example/' }).end(),
      'redirect',
      /another address/,
    ],
  ])('says in words that it met %s', async (_what, answer, reason, sentence) => {
    const { result } = await test([answer]);
    expect(result).toMatchObject({ ok: false, reason });
    expect(result.message).toMatch(sentence);
  });

  it('says what is wrong with the way there', async () => {
    const gone = await startWireServer(fine);
    await gone.close();
    const nobody = await test([fine], { endpoint: gone.origin });
    expect(nobody.result).toMatchObject({ ok: false, reason: 'refused', code: 'model_unreachable' });
    const nameless = await test([fine], { endpoint: 'https://nothing-here.invalid' });
    expect(nameless.result).toMatchObject({ ok: false, reason: 'dns' });
    const plain = await startWireServer(fine);
    open.push(plain);
    const noTls = await test([fine], { endpoint: plain.origin.replace('http:', 'https:') });
    expect(noTls.result).toMatchObject({ ok: false, reason: 'tls' });
  });

  it('says what is missing where nothing can be asked', () => {
    expect(noModel(failure('ai_key_missing'))).toMatchObject({ ok: false, code: 'ai_key_missing', model: null });
  });
});
