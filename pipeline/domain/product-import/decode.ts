/** An uploaded file. */
export interface Upload {
  format: 'csv' | 'json';
  bytes: Uint8Array;
}

/**
 * The file's text, whatever program wrote it: UTF-8 or UTF-16 by its byte order mark or by the zeros of plain text, else
 * Windows-1252, in which Excel writes CSV. The mark is no part of the text.
 */
export function decodeUpload(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  if (encoding !== null) return new TextDecoder(encoding).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8, which hardly any other text happens to be.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function encodingOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const head = bytes.subarray(0, 256);
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zerosAt = (parity: number): number => head.filter((byte, at) => byte === 0 && at % 2 === parity).length;
  const most = head.length * 0.35;
  if (zerosAt(1) > most) return 'utf-16le';
  return zerosAt(0) > most ? 'utf-16be' : null;
}
