import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { FailureError } from '../../shared/errors/index.ts';
import { describeRefusal, explainDatabaseError } from './explain.ts';

const AT = { host: '10.0.0.5', port: 5433, user: 'rd_api', database: 'desk', password: 'canary-password' };

function refused(code: string): Error {
  return Object.assign(new DatabaseError('permission denied for table x', 0, 'error'), { code });
}

test.each([
  [
    '28P01',
    'PostgreSQL on 10.0.0.5:5433 refused the password of rd_api.',
    'The PostgreSQL server refused the password',
  ],
  [
    '28000',
    'does not let rd_api into the database desk from here',
    'does not let this user into the database of that name',
  ],
  ['3D000', 'There is no database desk.', 'There is no database of that name.'],
  ['53100', 'PostgreSQL on 10.0.0.5:5433 has no room on its disk.', 'The PostgreSQL server has no room on its disk.'],
  ['53300', 'PostgreSQL on 10.0.0.5:5433 has no connection left.', 'The PostgreSQL server has no connection left.'],
  ['57P03', 'PostgreSQL on 10.0.0.5:5433 is starting or stopping.', 'The PostgreSQL server is starting or stopping.'],
  [
    '42501',
    'rd_api lacks a right on the server: permission',
    'The database user lacks a right on the server: permission',
  ],
])('%s is told in one voice, with its connection and without', (code, withPlace, without) => {
  const explained = explainDatabaseError(refused(code), AT);
  expect(explained).toBeInstanceOf(FailureError);
  expect(explained.message).toContain(withPlace);
  expect(explained.message).not.toContain('canary');
  expect(describeRefusal(refused(code))).toContain(without);
});

test('a statement that failed tells nothing of itself, and a bug stays one', () => {
  const failed = new Error('Failed query: select 1 params: canary', { cause: refused('42501') });
  expect(describeRefusal(failed)).toBeNull();
  // A table that is missing, where no connection was opened, is a wrong statement of ours.
  expect(describeRefusal(refused('42P01'))).toBeNull();
  expect(explainDatabaseError(refused('42P01'), AT).message).toMatch(/has no Renderdesk schema/);
});
