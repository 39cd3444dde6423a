import { pgSchema, timestamp, uuid } from 'drizzle-orm/pg-core';

/** The schema of every table. */
export const rd = pgSchema('rd');

/** A primary key. */
export const id = () => uuid('id').primaryKey().defaultRandom();
/** Whose row it is. */
export const tenantId = () => uuid('tenant_id').notNull();
/** A moment, as a Date. */
export const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
/** When the row was made. */
export const createdAt = () => time('created_at').notNull().defaultNow();
