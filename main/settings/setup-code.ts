import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { parseJson } from '../../shared/json/index.ts';

/** What an admin hands out: where the company's model is, and optionally its key. */
export interface Setup {
  endpoint: string;
  deployment: string;
  api_version: string | null;
  key: string | null;
}

const VERSION = 'rd1';
const MAX_LENGTH = 4000;
const CHECK_LENGTH = 10;

const payloadSchema = z.strictObject({
  e: z.url().max(500),
  d: z.string().min(1).max(200),
  v: z.string().min(1).max(40).optional(),
  k: z.string().min(1).max(4000).optional(),
});

/**
 * A set-up code: `rd1.<payload>.<check>`, the payload being JSON in base64url and the check the beginning of its SHA-256. It is a
 * spelling, not a secret box: a code with a key in it is as secret as the key.
 */
export function makeSetupCode({ endpoint, deployment, api_version, key }: Setup): string {
  const payload = {
    e: endpoint,
    d: deployment,
    ...(api_version === null ? {} : { v: api_version }),
    ...(key === null ? {} : { k: key }),
  };
  const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${VERSION}.${text}.${checkOf(text)}`;
}

/** Reads a pasted code; spaces and line breaks of a mail do no harm. Its text is never repeated in a failure. */
export function readSetupCode(pasted: string): Result<Setup> {
  const code = pasted.replace(/\s+/g, '');
  const [version = '', payload = '', check = '', ...more] = code.split('.');
  if (!/^rd\d+$/.test(version) || payload === '' || more.length > 0 || code.length > MAX_LENGTH * 2) return noCode();
  if (version !== VERSION) {
    return refused('This set-up code is of another version of Renderdesk. Update it, or ask for a new code.');
  }
  if (check !== checkOf(payload)) {
    return refused('A part of the set-up code is missing or mistyped. Copy all of it and paste it again.');
  }
  const parsed = payloadSchema.safeParse(parseJson(Buffer.from(payload, 'base64url').toString('utf8')));
  if (!parsed.success) return noCode();
  const { e, d, v = null, k = null } = parsed.data;
  return ok({ endpoint: e, deployment: d, api_version: v, key: k });
}

function noCode(): Result<never> {
  return refused('This is not a set-up code. It begins with "rd1." and comes from your admin.');
}

function refused(message: string): Result<never> {
  return fail('validation_failed', message, { fields: [{ field: 'code', message }] });
}

function checkOf(payload: string): string {
  return createHash('sha256').update(`${VERSION}.${payload}`).digest('base64url').slice(0, CHECK_LENGTH);
}
