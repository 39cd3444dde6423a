import type { Database } from '../db/index.ts';
import { checkedStore } from './checked-store.ts';
import { openDirectoryStore } from './directory-store.ts';
import type { StoreLocation } from './location.ts';
import { openPostgresStore } from './postgres-store.ts';
import { openS3Store } from './s3-store.ts';
import type { ImageStore } from './store.ts';

/** The store at a location, not yet looked at: ask its `check` before the first use. */
export async function openStore(location: StoreLocation, database: Database): Promise<ImageStore> {
  switch (location.kind) {
    case 'directory':
      return checkedStore(openDirectoryStore(location.path));
    case 'postgres':
      return checkedStore(openPostgresStore(database));
    case 's3':
      return checkedStore(await openS3Store(location));
  }
}
