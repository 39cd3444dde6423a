import { describe, expect, it } from 'vitest';
import { makeSetupCode, readSetupCode, type Setup } from './setup-code.ts';

const setup: Setup = {
  endpoint: 'https://res.openai.azure.com',
  deployment: 'gpt-4.1 ü',
  api_version: null,
  key: 'sk-canary-0123456789',
};

describe('a set-up code', () => {
  it.each([setup, { ...setup, key: null }, { ...setup, api_version: '2024-10-21' }])(
    'says what was put in: %j',
    (put) => {
      const code = makeSetupCode(put);
      expect(code).toMatch(/^rd1\.[\w-]+\.[\w-]{10}$/);
      expect(readSetupCode(code)).toEqual({ ok: true, value: put });
    },
  );

  it('survives a mail that breaks and indents it', () => {
    const code = makeSetupCode(setup);
    const mailed = `  ${code.slice(0, 30)}\r\n\t${code.slice(30, 60)}\n> ${code.slice(60)}\n`.replace('> ', '');
    expect(readSetupCode(mailed)).toEqual({ ok: true, value: setup });
  });

  it('that lost or changed a character is not taken', () => {
    const code = makeSetupCode(setup);
    for (let at = 4; at < code.length; at++) {
      const other = code[at] === 'A' ? 'B' : 'A';
      expect(readSetupCode(code.slice(0, at) + code.slice(at + 1)).ok, `without ${String(at)}`).toBe(false);
      expect(readSetupCode(code.slice(0, at) + other + code.slice(at + 1)).ok, `other ${String(at)}`).toBe(false);
    }
  });

  it.each(['', 'hello', 'rd1.', 'rd1.x.y', 'rd1.a.b.c', 'rd2.e30.0000000000', `rd1.${'x'.repeat(9000)}.y`])(
    'is not %j, and says so without repeating it',
    (text) => {
      const read = readSetupCode(text);
      expect(read).toMatchObject({ failure: { code: 'validation_failed', fields: [{ field: 'code' }] } });
    },
  );

  it('holds what it should and nothing else', () => {
    for (const put of [
      { ...setup, endpoint: 'no address' },
      { ...setup, deployment: '' },
      { ...setup, key: '' },
    ]) {
      expect(readSetupCode(makeSetupCode(put)).ok).toBe(false);
    }
    expect(JSON.stringify(readSetupCode(`${makeSetupCode(setup)}x`))).not.toContain('canary');
  });
});
