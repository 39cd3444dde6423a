import { createHash, randomBytes } from 'node:crypto';
import { access, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { syncDirectory } from '../data-directory/index.ts';

/** A backup that is being written: a tar of entries, compressed, that gets its name only when it is whole. */
export interface ArchiveWriter {
  add(name: string, bytes: Buffer): Promise<void>;
  /** SHA-256 of everything added so far. */
  digest(): string;
  /** Puts everything on disk and gives the file its name; says how many bytes it has. */
  finish(): Promise<number>;
  /** Throws away what was written. */
  abandon(): Promise<void>;
}

/** Begins a backup beside its final name. Fails with `backup_refused` where there is a file of that name already. */
export async function openArchive(file: string): Promise<Result<ArchiveWriter>> {
  const target = path.resolve(file);
  if (await exists(target)) return fail('backup_refused', `${target} is there already. Give another name.`);
  const making = `${target}.${randomBytes(4).toString('hex')}.new`;
  const handle = await open(making, 'wx', 0o600);
  const tar = pack();
  const compress = createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } });
  const written = pipeline(tar, compress, async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) await handle.appendFile(chunk);
  });
  // Whoever adds hears of it; unheard it would end the process.
  written.catch(() => undefined);
  const hash = createHash('sha256');
  return ok({
    add: async (name, bytes) => {
      hash.update(entryHead(name, bytes.length)).update(bytes);
      await Promise.race([addEntry(tar, name, bytes), written]);
    },
    digest: () => hash.copy().digest('hex'),
    finish: async () => {
      tar.finalize();
      await written;
      await handle.sync();
      const { size } = await handle.stat();
      await handle.close();
      await rename(making, target);
      await syncDirectory(path.dirname(target));
      return size;
    },
    abandon: async () => {
      tar.destroy();
      await written.catch(() => undefined);
      await handle.close().catch(() => undefined);
      await rm(making, { force: true });
    },
  });
}

/** What of an entry goes into the digest before its bytes. */
export function entryHead(name: string, length: number): string {
  return `${name}\0${length}\0`;
}

/** Waits until the entry is taken, so that no more than one waits in memory. */
function addEntry(tar: Pack, name: string, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const entry = tar.entry({ name, size: bytes.length, mode: 0o600 }, (error) => {
      if (error) reject(error);
      else resolve();
    });
    entry.end(bytes);
  });
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
