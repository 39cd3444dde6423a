import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoginAnswer } from '../../shared/domain/index.ts';

/** The address of the pipeline that owns a data directory, as its `run.json` tells. */
export async function originOf(data: string): Promise<string> {
  return `http://127.0.0.1:${(await readRun(data)).port}`;
}

/** The secret of a data directory, with which a program on this machine signs in. */
export async function readLocalSecret(data: string): Promise<string> {
  return (await readRun(data)).secret;
}

/** Signs in with the secret of the data directory; without an e-mail as the first tenant's operator. */
export async function signInLocally(data: string, email?: string): Promise<LoginAnswer> {
  const { secret, port } = await readRun(data);
  const response = await fetch(`http://127.0.0.1:${port}/api/auth/local`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret, ...(email === undefined ? {} : { email }) }),
  });
  if (!response.ok) throw new Error(`local sign-in answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as LoginAnswer;
}

async function readRun(data: string): Promise<{ port: number; secret: string }> {
  return JSON.parse(await readFile(join(data, 'run.json'), 'utf8')) as { port: number; secret: string };
}
