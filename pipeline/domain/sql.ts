import { sql, type SQL } from 'drizzle-orm';
import { DatabaseError } from 'pg';

/** `ANY(…)` over ids bound as one array parameter, however many they are. */
export function anyId(ids: readonly string[]): SQL {
  return sql`ANY(${sql.param(ids)}::uuid[])`;
}

/** `ANY(…)` over texts bound as one array parameter. */
export function anyText(values: readonly string[]): SQL {
  return sql`ANY(${sql.param(values)}::text[])`;
}

/** A value bound as jsonb. */
export function json(value: unknown): SQL {
  return sql`${JSON.stringify(value)}::jsonb`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Can this text be compared with a uuid column? Anything else names nothing and must not reach the database. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** The text as a LIKE pattern that means itself. */
export function likeLiteral(text: string): string {
  return text.replaceAll(/[\\%_]/g, (char) => `\\${char}`);
}

/** Did this statement fail because there is such a row already? */
export function isUniqueViolation(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof DatabaseError && cause.code === '23505';
}

/**
 * The answers of statements that one transaction was asked at once. Where one fails, so do all after it, for the
 * transaction is aborted: the first one's reason is thrown, whichever is heard of first.
 */
export async function sideBySide<T extends readonly PromiseLike<unknown>[]>(
  asked: readonly [...T],
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  // A query of drizzle's is sent each time it is waited for.
  const sent = asked.map((one) => Promise.resolve(one));
  await Promise.allSettled(sent);
  const answers: unknown[] = [];
  for (const one of sent) answers.push(await one);
  return answers as { -readonly [K in keyof T]: Awaited<T[K]> };
}
