import { expect, test } from 'vitest';
import { queryRoleName, roleNames, withRolesOf } from './roles.ts';

const TENANT = '01234567-89ab-cdef-0123-456789abcdef';

test('the database renderdesk has the plain names, every other one its own', () => {
  expect(roleNames('renderdesk')).toMatchObject({ prefix: 'rd', owner: 'rd_owner', api: 'rd_api', query: 'rd_query' });
  expect(queryRoleName('renderdesk', TENANT)).toBe('rd_q_0123456789abcdef0123456789abcdef');
  const other = roleNames('Renderdesk');
  expect(other.prefix).toMatch(/^rd_[0-9a-f]{8}$/);
  expect(other.prefix).not.toBe(roleNames('renderdesk2').prefix);
  expect(queryRoleName('Renderdesk', TENANT)).toBe(`${other.prefix}_q_0123456789abcdef0123456789abcdef`);
  // PostgreSQL cuts names at 63 bytes.
  expect(queryRoleName('Renderdesk', TENANT).length).toBeLessThan(63);
});

test('a migration gets the database’s roles put in, and nothing else changes', () => {
  const text =
    "GRANT SELECT ON rd.users TO rd_api, rd_owner; '^rd_q_([0-9a-f]{32})$' rd_search rd_query_x rd.query_tenant";
  expect(withRolesOf('renderdesk', text)).toBe(text);
  const { prefix } = roleNames('other');
  expect(withRolesOf('other', text)).toBe(
    `GRANT SELECT ON rd.users TO ${prefix}_api, ${prefix}_owner; '^${prefix}_q_([0-9a-f]{32})$' rd_search rd_query_x rd.query_tenant`,
  );
});
