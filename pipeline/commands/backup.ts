import path from 'node:path';
import { z } from 'zod';
import { unwrap } from '../../shared/errors/index.ts';
import { megabytes, takeBackup } from '../backup/index.ts';
import { administer } from '../server/administer.ts';
import { readArguments } from '../server/arguments.ts';
import { readFiles } from '../server/options.ts';
import { openStore } from '../store/index.ts';
import type { CommandTools } from './command.ts';
import { filesShape, splitFile, stoppable } from './files.ts';
import { readTarget } from './target.ts';
import { BACKUP_USAGE } from './usage.ts';

/** `backup FILE`: data and images of a pipeline that may go on meanwhile, in one file. */
export async function backup(args: readonly string[], { log, print, say }: CommandTools): Promise<void> {
  const { file, rest } = splitFile(args, BACKUP_USAGE);
  const { files, ...given } = readArguments(rest, z.object(filesShape), BACKUP_USAGE);
  const location = readFiles(files, given.data);
  await administer(
    readTarget(given, BACKUP_USAGE),
    log,
    async (database) => {
      const { admin } = database.connections;
      if (admin === null) throw new Error('A backup needs the admin.');
      const store = await openStore(location, database);
      try {
        unwrap(await store.check('read'));
        const parts = { admin, store, file, say: (line: string) => void say(`${line}\n`) };
        const made = await stoppable((signal) => takeBackup({ ...parts, signal }));
        const { count, bytes } = made.images;
        print(
          `backup ${path.resolve(file)}: ${made.rows} rows, ${count} images (${megabytes(bytes)}), ${megabytes(made.bytes)} in all`,
        );
      } finally {
        await store.close();
      }
    },
    { migrates: false },
  );
}
