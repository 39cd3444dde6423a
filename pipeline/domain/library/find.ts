import { nameSchema } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { byName } from '../by-name.ts';
import { isUuid } from '../sql.ts';

/** What an address names: the thing of that id or name, or null where a thing of that name is still to be made. */
export function namedBy<T extends { id: string; name: string }>(
  things: readonly T[],
  ref: string,
  what: string,
): Result<T | null> {
  if (!isUuid(ref)) return ok(byName(things, ref) ?? null);
  const found = things.find(({ id }) => id === ref.toLowerCase());
  return found === undefined ? fail('not_found', `There is no ${what} of that id.`) : ok(found);
}

/** What is written at an address: the thing that is there (null: none yet) and the name it gets, which nothing else has. */
export function writtenAt<T extends { id: string; name: string }>(
  things: readonly T[],
  ref: string,
  { name: wanted, what }: { name: string | undefined; what: string },
): Result<{ before: T | null; name: string }> {
  const found = namedBy(things, ref, what);
  if (!found.ok) return found;
  const before = found.value;
  const name = newName(wanted ?? before?.name ?? ref);
  if (!name.ok) return name;
  const free = nameIsFree(things, name.value, before);
  return free.ok ? ok({ before, name: name.value }) : free;
}

/** Is that name free, or its own? Upper and lower case don't tell two apart. */
function nameIsFree<T extends { id: string; name: string }>(
  things: readonly T[],
  name: string,
  own: T | null,
): Result<null> {
  const taken = things.find((thing) => thing.id !== own?.id && thing.name.toLowerCase() === name.toLowerCase());
  if (taken === undefined) return ok(null);
  return fail('state_conflict', `There is "${taken.name}" already. Choose another name.`, {
    fields: [{ field: 'name', message: 'is taken' }],
  });
}

/** The name that a thing is made under where only its address names it. */
function newName(ref: string): Result<string> {
  const name = nameSchema.safeParse(ref);
  if (name.success) return ok(name.data);
  const message = 'a name is one line of at most 200 characters';
  return fail('validation_failed', undefined, { fields: [{ field: 'id', message }] });
}
