import { describe, expect, it } from 'vitest';
import { readSetupCode } from '../../settings/index.ts';
import { setupCodeFor } from './setup-code.ts';

const noKey = (): Promise<string> => Promise.reject(new Error('No key was asked for.'));
const place = ['--endpoint', 'https://res.openai.azure.com', '--deployment', 'gpt'];

describe('npm run setup-code', () => {
  it('makes a code with the key of standard input, or without one', async () => {
    const bare = await setupCodeFor([...place, '--api-version', '2024-10-21'], noKey);
    expect(bare.ok && readSetupCode(bare.value)).toEqual({
      ok: true,
      value: { endpoint: place[1], deployment: 'gpt', api_version: '2024-10-21', key: null },
    });
    const withKey = await setupCodeFor([...place, '--with-key'], () => Promise.resolve(' sk-1\n'));
    expect(withKey.ok && readSetupCode(withKey.value)).toMatchObject({ value: { key: 'sk-1', api_version: null } });
  });

  it.each([
    [[], /--endpoint and --deployment/],
    [['--endpoint', 'http://models.example', '--deployment', 'x'], /must be https/],
    [['--endpoint', 'https://a.example', '--deployment', 'x', '--key', 'sk'], /--key/],
    [[...place, '--with-key'], /No key came/],
  ])('refuses %j', async (args, sentence) => {
    const code = await setupCodeFor(args, () => Promise.resolve('  '));
    expect(code.ok ? '' : code.failure.message).toMatch(sentence);
  });
});
