export { checkSchema } from './check-schema.ts';
export { readMigrations as knownMigrations } from './migrations.ts';
export { migrate } from './migrate.ts';
