import type { Command } from './command.ts';
import { BACKUP_USAGE, CLEAN_FILES_USAGE, CREATE_TENANT_USAGE, CREATE_USER_USAGE, RESTORE_USAGE } from './usage.ts';

/** The sub-commands of `npm run pipeline`, by the word that stands first on the command line. */
export const COMMANDS: Readonly<Record<string, Command | undefined>> = {
  'create-tenant': {
    usage: CREATE_TENANT_USAGE,
    summary: 'a company with default settings, output types and materials',
    load: async () => (await import('./create-tenant.ts')).createTenant,
  },
  'create-user': {
    usage: CREATE_USER_USAGE,
    summary:
      'somebody who can sign in; the password is asked for or read from stdin, or --invite prints a one-time code',
    load: async () => (await import('./create-user.ts')).createUser,
  },
  backup: {
    usage: BACKUP_USAGE,
    summary: 'data and images in one file, while the pipeline goes on',
    load: async () => (await import('./backup.ts')).backup,
  },
  restore: {
    usage: RESTORE_USAGE,
    summary: 'a backup into an empty data directory or database',
    load: async () => (await import('./restore.ts')).restore,
  },
  'clean-files': {
    usage: CLEAN_FILES_USAGE,
    summary: 'deletes images that no render names any more',
    load: async () => (await import('./clean-files.ts')).cleanFiles,
  },
};
