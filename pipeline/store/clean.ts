import { sql } from 'drizzle-orm';
import type { Database } from '../db/index.ts';
import { partsOf } from './keys.ts';
import type { ImageStore, StoredImage } from './store.ts';

/** What a render leaves behind that was done twice, or stopped between keeping its image and publishing it. */
export interface CleanSummary {
  images: number;
  bytes: number;
}

/** Far longer than any render may take: what is younger may still be on its way to be published. */
const YOUNG_MS = 24 * 3_600_000;
const AT_ONCE = 500;

/**
 * Deletes images that no render names and that are older than a day; with `dry` only counts them. Looks at the tenants of
 * this database alone: what else lies in the store is not ours to judge.
 */
export async function cleanStore(database: Database, store: ImageStore, dry: boolean): Promise<CleanSummary> {
  const summary = { images: 0, bytes: 0 };
  for (const { id } of await database.listTenants()) {
    let old: StoredImage[] = [];
    const sweep = async (): Promise<void> => {
      const orphans = await unnamed(database, id, old);
      old = [];
      if (!dry) {
        await store.remove(
          id,
          orphans.map(({ key }) => key),
        );
      }
      summary.images += orphans.length;
      summary.bytes += orphans.reduce((sum, { bytes }) => sum + bytes, 0);
    };
    for await (const image of store.list(id)) {
      if (Date.now() - image.at.getTime() > YOUNG_MS) old.push(image);
      if (old.length >= AT_ONCE) await sweep();
    }
    await sweep();
  }
  return summary;
}

/** Those whose render is not there, or names another image and is at its end. */
async function unnamed(database: Database, tenantId: string, images: readonly StoredImage[]): Promise<StoredImage[]> {
  const ids = [...new Set(images.map(({ key }) => partsOf(key).renderId))];
  const found = await database.withTenant(tenantId, (tx) =>
    tx.execute<{ id: string; image_key: string | null; open: boolean }>(sql`
      SELECT id, image_key, status IN ('queued', 'running') AS open FROM rd.renders WHERE id = ANY(${sql.param(ids)}::uuid[])`),
  );
  const renders = new Map(found.rows.map((row) => [row.id, row]));
  return images.filter(({ key }) => {
    const { renderId, imageKey } = partsOf(key);
    const render = renders.get(renderId);
    return render === undefined || (!render.open && render.image_key !== imageKey);
  });
}
