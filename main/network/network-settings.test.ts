import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../tests/helpers/temporary-directory.ts';
import { isExempt, NO_NETWORK_SETTINGS, readNetworkSettings } from './network-settings.ts';
import { proxyInList } from './proxy-list.ts';

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let file: string;
beforeEach(async () => {
  directory = await temporaryDirectory();
  file = join(directory.path, 'network.json');
});
afterEach(() => directory.remove());

const ambient = { HTTPS_PROXY: 'http://ambient.example:1', NO_PROXY: 'a.example, .b.example' };

/** What they say, with the proxy as text. */
function read(env: Record<string, string>) {
  const settings = readNetworkSettings(file, env);
  if (!settings.ok) return settings.failure;
  return { proxy: settings.value.proxy?.href ?? null, noProxy: settings.value.noProxy, ca: settings.value.ca?.file };
}

describe('the network’s settings', () => {
  it('are none by themselves: the environment’s own proxy does not count', () => {
    expect(readNetworkSettings(file, ambient)).toEqual({ ok: true, value: NO_NETWORK_SETTINGS });
  });

  it('take the environment’s proxy where they say so', () => {
    expect(read({ ...ambient, RENDERDESK_PROXY: 'environment', RENDERDESK_NO_PROXY: 'C.example' })).toEqual({
      proxy: 'http://ambient.example:1/',
      noProxy: ['c.example', 'a.example', '.b.example'],
    });
    expect(read({ RENDERDESK_PROXY: 'environment' })).toMatchObject({ proxy: null });
  });

  it('come from the file, and before it from our own variables', async () => {
    const stored = { proxy: 'http://file.example:3128', no_proxy: ['intern.example'] };
    await writeFile(file, JSON.stringify(stored));
    expect(read(ambient)).toEqual({ proxy: 'http://file.example:3128/', noProxy: ['intern.example'] });
    expect(read({ RENDERDESK_PROXY: 'https://u:p@own.example' })).toMatchObject({ proxy: 'https://u:p@own.example/' });
    expect(read({ RENDERDESK_PROXY: 'none' })).toMatchObject({ proxy: null });
  });

  it.each([
    ['{', 'cannot be used'],
    ['{"proxi":"x"}', 'cannot be used'],
    ['{"proxy":"socks5://a:1"}', 'must be an address'],
    ['{"proxy":"proxy.example"}', 'must be an address'],
    ['{"proxy":"http://u:secret@a:1"}', 'has no place in'],
    ['{"ca_file":"/nowhere/ca.pem"}', 'cannot be read (ENOENT)'],
  ])('in %s are refused: %s', async (text, sentence) => {
    await writeFile(file, text);
    const failure = read({});
    expect(failure).toMatchObject({ code: 'network_misconfigured' });
    expect(JSON.stringify(failure)).toContain(sentence);
    expect(JSON.stringify(failure)).not.toContain('secret');
  });

  it('name a file of certificates, which must hold some', async () => {
    const pem = join(directory.path, 'ca.pem');
    await writeFile(pem, 'not a certificate');
    expect(read({ RENDERDESK_CA_FILE: pem })).toMatchObject({ code: 'network_misconfigured' });
    await writeFile(pem, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    expect(read({ RENDERDESK_CA_FILE: pem })).toMatchObject({
      code: 'network_misconfigured',
      message: expect.stringContaining(pem) as string,
    });
    await writeFile(pem, `The bundle of our company\n${rootCertificates.slice(0, 2).join('\n')}\n`);
    expect(read({ RENDERDESK_CA_FILE: pem })).toMatchObject({ ca: pem });
  });
});

it.each([
  ['a.example', ['a.example'], true],
  ['x.a.example', ['a.example'], true],
  ['x.a.example', ['*.a.example'], true],
  ['A.Example', ['.a.example'], true],
  ['ba.example', ['a.example'], false],
  ['anything', ['*'], true],
  ['a.example', [], false],
])('%s with %j is reached without the proxy: %s', (host, list, expected) => {
  expect(isExempt(host, list)).toBe(expected);
});

it.each([
  ['DIRECT', null],
  ['PROXY a:8080; DIRECT', 'http://a:8080/'],
  ['HTTPS b:443', 'https://b/'],
  ['SOCKS5 s:1; PROXY a:8080', 'http://a:8080/'],
  ['DIRECT; PROXY a:1', null],
  ['', null],
  ['PROXY', null],
])('of the proxy list %j takes %s', (list, expected) => {
  expect(proxyInList(list)?.href ?? null).toBe(expected);
});
