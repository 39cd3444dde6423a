import { fail, type Result } from '../../shared/errors/index.ts';

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What the operating system says of a full disk: no space, quota used up, file too large for the file system. */
export function isFull(error: unknown): boolean {
  return FULL.has(systemCode(error));
}

/** `ENOSPC` and its like, or nothing. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** There is no room for another image. */
export function noRoom(where: string): Result<never> {
  return fail(
    'storage_full',
    `There is no space left for images (${where}). Make room, then retry the failed renders.`,
  );
}

/** The bytes under a key are not there. */
export function missing(): Result<never> {
  return fail('image_lost', 'The image file is gone. Render it again.');
}

/** The bytes under a key are not those that were written. */
export function damaged(): Result<never> {
  return fail('image_lost', 'The image file is damaged. Render it again.');
}
