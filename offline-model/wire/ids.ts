import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function random(length: number): string {
  return Array.from({ length }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
}

/** `chatcmpl-…`, as the service names an answer. */
export function completionId(): string {
  return `chatcmpl-${random(29)}`;
}

/** `call_…`, as the service names a tool call. */
export function callId(): string {
  return `call_${random(24)}`;
}
