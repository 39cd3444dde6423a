import { Client } from 'pg';
import { expect, test } from 'vitest';
import { useDatabase } from '../test-support/test-database.ts';
import { passwordVerifier } from './password-verifier.ts';

const opened = useDatabase();

test('PostgreSQL takes the verifier for the password, and for no other', async () => {
  const { admin, api } = opened().connections;
  const client = new Client(admin);
  await client.connect();
  const verifier = passwordVerifier('a-password_of-the-test');
  expect(verifier).not.toContain('a-password');
  await client.query(`ALTER ROLE ${api.user} PASSWORD ${client.escapeLiteral(verifier)}`);
  await client.end();
  const login = new Client({ ...api, password: 'a-password_of-the-test' });
  await login.connect();
  await login.end();
  await expect(new Client(api).connect()).rejects.toMatchObject({ code: '28P01' });
});
