/** How each sub-command is called; told by `--help` and by every usage error. */

export const CREATE_TENANT_USAGE =
  'npm run pipeline -- create-tenant --name NAME [--time-zone ZONE] (--data DIR | --database-url URL)';

const PLACES = '(--data DIR | --database-url URL) [--files PLACE]';

export const BACKUP_USAGE = `npm run pipeline -- backup FILE ${PLACES}`;

export const RESTORE_USAGE = `npm run pipeline -- restore FILE ${PLACES}`;

export const CLEAN_FILES_USAGE = `npm run pipeline -- clean-files ${PLACES} [--dry-run]`;

export const CREATE_USER_USAGE =
  'npm run pipeline -- create-user --tenant NAME --email ADDRESS --name NAME --role viewer|operator|admin [--invite] ' +
  '(--data DIR | --database-url URL)';
