import { z } from 'zod';
import { ok, unwrap } from '../../shared/errors/index.ts';
import { openBackup, restoreBackup, type CheckedArchive, type ImageTarget } from '../backup/index.ts';
import { openDatabase, type Tx } from '../db/index.ts';
import { readArguments, UsageError } from '../server/arguments.ts';
import { openBackend, type Backend } from '../server/backend.ts';
import { readFiles } from '../server/options.ts';
import { openStore, writeImage, type StoreLocation } from '../store/index.ts';
import type { CommandTools } from './command.ts';
import { filesShape, splitFile, stoppable } from './files.ts';
import { readTarget } from './target.ts';
import { RESTORE_USAGE } from './usage.ts';

/** `restore FILE`: a backup into an empty data directory or database. */
export async function restore(args: readonly string[], tools: CommandTools): Promise<void> {
  const { file, rest } = splitFile(args, RESTORE_USAGE);
  const { files, ...given } = readArguments(rest, z.object(filesShape), RESTORE_USAGE);
  const target = readTarget(given, RESTORE_USAGE);
  const location = readFiles(files, given.data);
  tools.say('reading the whole backup first\n');
  const archive = unwrap(await openBackup(file));
  try {
    const backend = await openBackend(target, { migrates: false });
    try {
      await fill(archive, { backend, location, tools });
    } finally {
      await backend.stop();
    }
  } finally {
    await archive.close();
  }
  const { tables, images } = archive.end;
  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
  tools.print(
    `restored ${rows} rows and ${images.count} images of ${archive.manifest.created_at}; everybody signs in again`,
  );
}

async function fill(
  archive: CheckedArchive,
  { backend, location, tools }: { backend: Backend; location: StoreLocation; tools: CommandTools },
): Promise<void> {
  const { admin } = backend.connections;
  if (admin === null) throw new UsageError('A restore needs RENDERDESK_DATABASE_ADMIN_URL, a superuser.');
  const connections = { ...backend.connections, admin };
  const database = openDatabase(connections, (error) => {
    tools.log.error({ err: error }, 'database');
  });
  const store = await openStore(location, database);
  try {
    // The database is its own store, and is not there yet.
    if (location.kind !== 'postgres') unwrap(await store.check('write'));
    const images: ImageTarget = (tx) => (location.kind === 'postgres' ? within(tx) : store);
    const say = (line: string): void => {
      tools.say(`${line}\n`);
    };
    await stoppable((signal) => restoreBackup({ connections, images, archive, signal, say }));
  } finally {
    await store.close();
    await database.close();
  }
}

/** Images in the restore's own transaction, as its rows are. */
function within(tx: Tx): ReturnType<ImageTarget> {
  return {
    write: async (key, bytes) => {
      await writeImage(tx, key, bytes);
      return ok(null);
    },
  };
}
