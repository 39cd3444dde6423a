import { crc32 } from 'node:zlib';

/** 1 January 1980, the earliest date the format can say (APPNOTE 4.4.6). */
const DATE = (1 << 5) | 1;
const VERSION = 20;
const UTF8_NAMES = 0x0800;

/** The fields that a local header and its entry in the directory share. */
function common(name: Buffer, data: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(UTF8_NAMES, 2);
  fields.writeUInt16LE(0, 4); // stored
  fields.writeUInt16LE(0, 6); // time
  fields.writeUInt16LE(DATE, 8);
  fields.writeUInt32LE(crc32(data), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(data.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function directoryEntry(name: Buffer, data: Buffer, offset: number): Buffer {
  const head = Buffer.from([0x50, 0x4b, 0x01, 0x02, VERSION, 0]);
  const tail = Buffer.alloc(14); // no comment, disk 0, no attributes
  tail.writeUInt32LE(offset, 10);
  return Buffer.concat([head, common(name, data), tail, name]);
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

/** A ZIP archive of text files, stored without compression, so that it is the same bytes on every machine. */
export function zip(files: readonly (readonly [name: string, text: string])[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of files) {
    const name = Buffer.from(path);
    const data = Buffer.from(text);
    const body = Buffer.concat([Buffer.from([0x50, 0x4b, 0x03, 0x04]), common(name, data), name, data]);
    directory.push(directoryEntry(name, data, offset));
    bodies.push(body);
    offset += body.length;
  }
  const listing = Buffer.concat(directory);
  return Buffer.concat([...bodies, listing, endOfDirectory(files.length, listing.length, offset)]);
}
