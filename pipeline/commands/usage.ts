/** How each sub-command is called; told by `--help` and by every usage error. */

export const CREATE_TENANT_USAGE =
  'npm run pipeline -- create-tenant --name NAME [--time-zone ZONE] (--data DIR | --database-url URL)';

export const CREATE_USER_USAGE =
  'npm run pipeline -- create-user --tenant NAME --email ADDRESS --name NAME --role viewer|operator|admin ' +
  '(--data DIR | --database-url URL)';
