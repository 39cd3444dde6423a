import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { extract } from 'tar-stream';
import type { z } from 'zod';
import { fail, failure, FailureError, ok, type Result } from '../../shared/errors/index.ts';
import { entryHead } from './archive-writer.ts';
import { checkMigrations } from './restore-checks.ts';
import { END, endSchema, FORMAT, MANIFEST, manifestSchema, type End, type Manifest } from './manifest.ts';

/** One entry of a backup. */
export interface Entry {
  name: string;
  bytes: Buffer;
}

/** A backup that was read once from its first byte to its last and is whole. */
export interface CheckedArchive {
  manifest: Manifest;
  end: End;
  /** Its tables' parts and images, in order, checked once more while they are read. */
  entries(): AsyncIterable<Entry>;
  close(): Promise<void>;
}

/** Larger than any entry that is written: a part of a table has a few megabytes, an image at most hundreds. */
const MOST_BYTES = 1_000_000_000;
const CHUNK = 1_000_000;
const ZSTD_MAGIC = 0xfd2fb528;

/**
 * Opens a backup and reads it whole, before anybody acts on any of it. Fails with `backup_refused` where it is none, is
 * damaged or cut short, or was made by a newer program.
 */
export async function openBackup(file: string): Promise<Result<CheckedArchive>> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return fail('backup_refused', `${file} cannot be opened. Give the name of a backup.`);
  const checked = await check(file, handle);
  if (!checked.ok) await handle.close();
  return checked;
}

async function check(file: string, handle: FileHandle): Promise<Result<CheckedArchive>> {
  const start = Buffer.alloc(4);
  await handle.read(start, 0, 4, 0).catch(() => null);
  if (start.readUInt32LE() !== ZSTD_MAGIC) return fail('backup_refused', `${file} is not a backup of Renderdesk.`);
  try {
    const { manifest, end } = await readThrough(handle);
    const known = await checkMigrations(manifest);
    if (!known.ok) return known;
    return ok({ manifest, end, entries: () => entriesOf(handle), close: () => handle.close() });
  } catch (error) {
    if (error instanceof FailureError) return { ok: false, failure: error.failure };
    const why = error instanceof Error ? error.message : String(error);
    return fail('backup_refused', `${file} is damaged or cut short (${why}). Nothing was changed. Use another backup.`);
  }
}

async function readThrough(handle: FileHandle): Promise<{ manifest: Manifest; end: End }> {
  let manifest: Manifest | null = null;
  let end: End | null = null;
  for await (const { name, bytes } of checkedEntries(handle)) {
    if (name === MANIFEST) manifest ??= readManifest(bytes);
    if (name === END) end = parse(endSchema, bytes);
  }
  if (manifest === null || end === null) throw new Error('it has no beginning');
  return { manifest, end };
}

/** The rows and images. What it says before and after them was read when it was opened. */
async function* entriesOf(handle: FileHandle): AsyncIterable<Entry> {
  for await (const entry of checkedEntries(handle)) if (entry.name !== MANIFEST && entry.name !== END) yield entry;
}

/** Every entry; at the last one it is clear whether all before it were as they were written. */
async function* checkedEntries(handle: FileHandle): AsyncIterable<Entry> {
  const hash = createHash('sha256');
  let ended = false;
  for await (const entry of rawEntries(handle)) {
    if (ended) throw new Error('something follows its end');
    if (entry.name === END) {
      ended = true;
      if (parse(endSchema, entry.bytes).digest !== hash.digest('hex')) throw new Error('its checksum is wrong');
    } else hash.update(entryHead(entry.name, entry.bytes.length)).update(entry.bytes);
    yield entry;
  }
  if (!ended) throw new Error('its end is missing');
}

async function* rawEntries(handle: FileHandle): AsyncIterable<Entry> {
  const tar = extract();
  const enough = new AbortController();
  const flowing = pipeline(chunksOf(handle), createZstdDecompress(), tar, { signal: enough.signal });
  // What breaks on the way comes out of the loop as well, or after it.
  flowing.catch(() => undefined);
  try {
    for await (const entry of tar) {
      if ((entry.header.size ?? 0) > MOST_BYTES) throw new Error(`${entry.header.name} is too large`);
      yield { name: entry.header.name, bytes: await buffer(entry) };
    }
    await flowing;
  } finally {
    enough.abort();
    await flowing.catch(() => undefined);
  }
}

/** The file from its beginning, whoever read it before; it stays open. */
async function* chunksOf(handle: FileHandle): AsyncIterable<Buffer> {
  for (let at = 0; ;) {
    const { bytesRead, buffer: chunk } = await handle.read(Buffer.alloc(CHUNK), 0, CHUNK, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}

function readManifest(bytes: Buffer): Manifest {
  const head = parse(manifestSchema.pick({ format: true, program: true }), bytes);
  if (head.format > FORMAT) {
    const text = `The backup was made by a newer Renderdesk (${head.program}). Restore it with that one.`;
    throw new FailureError(failure('backup_refused', text));
  }
  return parse(manifestSchema, bytes);
}

function parse<S extends z.ZodType>(schema: S, bytes: Buffer): z.output<S> {
  return schema.parse(JSON.parse(bytes.toString('utf8')));
}
