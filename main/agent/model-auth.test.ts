import { describe, expect, it } from 'vitest';
import { authHeaders, bearerToken, tokenExpiry, withoutKey } from './model-auth.ts';
import type { ModelTarget } from './model-types.ts';

function headers(endpoint: string, key = 'k1', form: ModelTarget['form'] = 'v1') {
  return authHeaders({ endpoint, form, key, deployment: 'm', apiVersion: null, label: '', offline: false });
}

const payload = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');
const token = (claims: object): string => `eyJhbGciOiJSUzI1NiJ9.${payload(claims)}.c2ln`;

describe('the header of a key', () => {
  const azure = { 'api-key': 'k1', Authorization: null };
  const bearer = { Authorization: 'Bearer k1' };
  it.each([
    ['https://res.openai.azure.com', azure],
    ['https://res.openai.azure.com/openai/v1/', azure],
    ['https://res.services.ai.azure.com/openai/v1', azure],
    ['https://res.openai.azure.us/openai/v1', azure],
    ['https://gateway.azure-api.net/openai/v1', azure],
    ['https://res.openai.azure.com.evil.example/v1', bearer],
    ['https://api.openai.com/v1', bearer],
    ['https://api.groq.com/openai/v1', { ...bearer, 'api-key': 'k1' }],
    ['https://res.cognitiveservices.azure.com/openai/v1', azure],
    ['https://res.cognitiveservices.azure.us/v1', azure],
    ['https://res.openai.azure.cn/openai/v1', azure],
    ['https://res.services.ai.azure.us/v1', azure],
    ['https://res.openai.azure.fr/v1', bearer],
    ['https://resopenai.azure.com/v1', bearer],
    ['https://api.example/v1/', bearer],
    ['https://api.example/v1/chat', azure],
    ['https://api.example/v10', azure],
    ['https://api.example/openai/v1/', { ...bearer, 'api-key': 'k1' }],
    ['https://api.example/xopenai/v1', bearer],
    ['http://127.0.0.1:8000', azure],
  ])('at %s', (endpoint, expected) => {
    expect(headers(endpoint)).toEqual(expected);
  });

  it('is api-key in the dated form, and a bearer token anywhere where it is an access token', () => {
    expect(headers('https://api.example/v1', 'k1', 'dated')).toEqual(azure);
    const entra = token({ exp: 1 });
    for (const form of ['v1', 'dated'] as const) {
      expect(headers('https://res.openai.azure.com', entra, form)).toEqual({ Authorization: `Bearer ${entra}` });
    }
    expect(headers('https://res.openai.azure.com', 'bearer  opaque-1')).toEqual({ Authorization: 'Bearer opaque-1' });
  });
});

describe('an access token', () => {
  const now = Date.parse('2026-11-23T10:00:00Z');
  it('says when it ran out', () => {
    expect(tokenExpiry(token({ exp: now / 1000 - 5 }), now)).toBe('2026-11-23T09:59:55.000Z');
    expect(tokenExpiry(`Bearer ${token({ exp: now / 1000 })}`, now)).toBe('2026-11-23T10:00:00.000Z');
    expect(tokenExpiry(token({ exp: now / 1000 + 5 }), now)).toBeNull();
  });
  it.each(['plain-key', token({}), token({ exp: 'x' }), 'eyJhbGci.bm90IGpzb24.x', 'Bearer opaque', 'Bearer a.b'])(
    'says nothing in %s',
    (key) => {
      expect(tokenExpiry(key, now)).toBeNull();
    },
  );
});

it('is taken out of what the service says, with and without its Bearer', () => {
  expect(bearerToken('sk-1')).toBeNull();
  expect(withoutKey('no sk-1 here, sk-1', 'sk-1')).toBe('no … here, …');
  expect(withoutKey('bad token abc', 'Bearer abc')).toBe('bad token …');
});

it.each([
  ['Bearer  abc', 'abc'],
  ['bearer abc', 'abc'],
  ['Bearer', null],
  ['Bearer a b', null],
  ['xBearer abc', null],
  ['eyJhbGci.eyJleHAi.c2ln', 'eyJhbGci.eyJleHAi.c2ln'],
  ['eyJhbGci.eyJleHAi.', 'eyJhbGci.eyJleHAi.'],
  ['eyJhbGci.eyJleHAi', null],
  ['xeyJhbGci.eyJleHAi.c2ln', null],
  ['eyJhbGci.eyJleHAi.c2ln.more', null],
  ['eyJ.eyJ.x', null],
])('finds the token in %s: %s', (key, expected) => {
  expect(bearerToken(key)).toBe(expected);
});

it.each(['null', '5', '"exp"', '[]'])('reads no end of a token that says %s', (claims) => {
  const key = `eyJhbGci.${Buffer.from(claims).toString('base64url')}.c2ln`;
  expect(tokenExpiry(key, Date.now())).toBeNull();
});
