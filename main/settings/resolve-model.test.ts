import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES, ok } from '../../shared/errors/index.ts';
import type { ModelTarget } from '../agent/index.ts';
import { modelKeyAccount } from '../credentials/index.ts';
import { aiState } from './ai-state.ts';
import { resolveModel, type ModelQuestion } from './resolve-model.ts';

const tenantId = randomUUID();
const offline = { label: 'offline model', offline: true } as ModelTarget;
const model = { endpoint: 'https://a.openai.azure.com', deployment: 'gpt', api_version: null };
const environment = {
  AZURE_OPENAI_ENDPOINT: 'https://env.openai.azure.com',
  AZURE_OPENAI_API_KEY: 'env-key',
  AZURE_OPENAI_DEPLOYMENT: 'env-gpt',
};

/** A keychain that holds one key. */
function keychain(account = modelKeyAccount(tenantId, model.endpoint), locked = false) {
  return {
    get: (asked: string) => Promise.resolve(asked === account ? 'tenant-key' : null),
    state: () => Promise.resolve({ available: !locked, message: null, locked }),
  };
}

function resolve(more: Partial<ModelQuestion> & { model?: typeof model | null }) {
  const config = { ai_enabled: true, model: more.model ?? null };
  const base = { choice: 'auto', env: {}, tenantId, config, credentials: keychain(), onSample: true } as const;
  return resolveModel({ ...base, offline: () => Promise.resolve(ok(offline)), ...more });
}

describe('the model to ask', () => {
  it('is that of the environment, whole', async () => {
    const found = await resolve({ env: environment, model });
    expect(found).toMatchObject({
      value: { form: 'v1', endpoint: 'https://env.openai.azure.com', key: 'env-key', deployment: 'env-gpt' },
    });
    const dated = await resolve({ env: { ...environment, OPENAI_API_VERSION: '2024-10-21' } });
    expect(dated).toMatchObject({ value: { form: 'dated', apiVersion: '2024-10-21' } });
  });

  it('never pairs an endpoint of the environment with a key of the keychain, nor the other way round', async () => {
    const account = modelKeyAccount(tenantId, environment.AZURE_OPENAI_ENDPOINT);
    const half = await resolve({
      env: { ...environment, AZURE_OPENAI_API_KEY: '' },
      credentials: keychain(account),
      model,
    });
    expect(half).toMatchObject({ failure: { code: 'ai_key_missing' } });
    const other = await resolve({ env: { AZURE_OPENAI_API_KEY: 'env-key' }, credentials: keychain('none'), model });
    expect(other).toMatchObject({ failure: { code: 'ai_key_missing', message: ERROR_CODES.ai_key_missing.message } });
  });

  it('is that of the tenant with the key of exactly this tenant and endpoint', async () => {
    expect(await resolve({ model })).toMatchObject({ value: { key: 'tenant-key', form: 'v1' } });
    const moved = { ...model, endpoint: 'https://b.openai.azure.com' };
    expect(await resolve({ model: moved })).toMatchObject({ failure: { code: 'ai_key_missing' } });
    expect(await resolve({ model, tenantId: randomUUID() })).toMatchObject({ failure: { code: 'ai_key_missing' } });
  });

  it('is not asked for where the keychain is locked: the key may be in there', async () => {
    const locked = await resolve({ model, credentials: keychain('none', true) });
    expect(locked).toMatchObject({ failure: { code: 'keychain_locked' } });
    expect(aiState(locked)).toEqual({ state: 'key_missing', message: ERROR_CODES.keychain_locked.message });
    const forThisRun = keychain(modelKeyAccount(tenantId, model.endpoint), true);
    expect(await resolve({ model, credentials: forThisRun })).toMatchObject({ value: { key: 'tenant-key' } });
  });

  it('is the offline one by itself only on the sample', async () => {
    expect(await resolve({})).toEqual(ok(offline));
    expect(await resolve({ onSample: false })).toMatchObject({ failure: { code: 'ai_not_configured' } });
    expect(await resolve({ choice: 'azure' })).toMatchObject({ failure: { code: 'ai_not_configured' } });
    expect(await resolve({ choice: 'offline', onSample: false })).toEqual(ok(offline));
  });

  it('is none where it is switched off, asked for none, or not to be reached safely', async () => {
    expect(await resolve({ choice: 'none' })).toMatchObject({ failure: { code: 'ai_not_configured' } });
    expect(await resolve({ config: { ai_enabled: false, model: null } })).toMatchObject({
      failure: { code: 'ai_disabled' },
    });
    const plain = { ...model, endpoint: 'http://models.example' };
    expect(await resolve({ model: plain })).toMatchObject({ failure: { code: 'insecure_endpoint' } });
    expect(await resolve({ env: { ...environment, AZURE_OPENAI_ENDPOINT: 'http://10.0.0.1' } })).toMatchObject({
      failure: { code: 'insecure_endpoint' },
    });
  });
});
