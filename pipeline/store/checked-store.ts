import { damaged } from './failures.ts';
import { areBytesOf, partsOf } from './keys.ts';
import type { ImageStore } from './store.ts';

/** A store that neither takes nor hands out other bytes than a key names. */
export function checkedStore(store: ImageStore): ImageStore {
  return {
    ...store,
    write: async (key, bytes) => {
      if (!areBytesOf(key, bytes)) throw new Error(`Not the bytes of ${key}.`);
      return await store.write(key, bytes);
    },
    read: async (key) => {
      const found = await store.read(key);
      return !found.ok || areBytesOf(key, found.value) ? found : damaged();
    },
    remove: async (tenantId, keys) => {
      const foreign = keys.find((key) => partsOf(key).tenantId !== tenantId);
      if (foreign !== undefined) throw new Error(`${foreign} is another tenant's.`);
      if (keys.length > 0) await store.remove(tenantId, keys);
    },
  };
}
