import type { ChatSession } from '../../../shared/domain/index.ts';

const LONGEST = 60;

/** A name that every file system takes: day and title, in letters, digits and hyphens. */
export function fileName({ title, created_at }: ChatSession, extension: string): string {
  const words = title
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
  return `chat-${created_at.slice(0, 10)}${words === '' ? '' : `-${words}`}.${extension}`;
}
