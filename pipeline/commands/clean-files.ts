import { z } from 'zod';
import { unwrap } from '../../shared/errors/index.ts';
import { megabytes } from '../backup/index.ts';
import { administer } from '../server/administer.ts';
import { readArguments } from '../server/arguments.ts';
import { readFiles } from '../server/options.ts';
import { cleanStore, openStore } from '../store/index.ts';
import type { CommandTools } from './command.ts';
import { filesShape } from './files.ts';
import { readTarget } from './target.ts';
import { CLEAN_FILES_USAGE } from './usage.ts';

const schema = z.object({ ...filesShape, 'dry-run': z.boolean().default(false) });

/** `clean-files`: deletes images that no render names any more. */
export async function cleanFiles(args: readonly string[], { log, print }: CommandTools): Promise<void> {
  const { files, 'dry-run': dry, ...given } = readArguments(args, schema, CLEAN_FILES_USAGE);
  const location = readFiles(files, given.data);
  await administer(readTarget(given, CLEAN_FILES_USAGE), log, async (database) => {
    const store = await openStore(location, database);
    try {
      unwrap(await store.check(dry ? 'read' : 'write'));
      const { images, bytes } = await cleanStore(database, store, dry);
      print(`${dry ? 'would delete' : 'deleted'} ${images} files that no render names (${megabytes(bytes)})`);
    } finally {
      await store.close();
    }
  });
}
