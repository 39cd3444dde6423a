import { catalogs } from './catalogs.ts';
import { forms } from './forms.ts';
import { functions } from './functions.ts';
import { leaving } from './leaving.ts';
import type { HostileQuery } from './query.ts';
import { runningAway } from './running-away.ts';
import { writing } from './writing.ts';

export type { HostileQuery } from './query.ts';

/** The whole corpus. */
export const hostileQueries: readonly HostileQuery[] = [
  ...writing,
  ...leaving,
  ...catalogs,
  ...functions,
  ...forms,
  ...runningAway,
];
