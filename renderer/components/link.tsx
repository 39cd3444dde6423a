import type { ComponentProps } from 'react';
import { toHash, type Route } from '../app/router.ts';

/** A link to another view of this window. */
export function Link({ to, ...rest }: { to: Route } & ComponentProps<'a'>) {
  return <a {...rest} href={toHash(to)} />;
}
