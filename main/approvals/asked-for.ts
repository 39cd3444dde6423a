import type { Asked } from '../../shared/contract/index.ts';

const AGAIN = ['edited', 'moved', 'stale'] as const;

/**
 * What the journal's `decided_by` holds while a call waits: `moved` or `stale` where it is asked again, `edited` once a
 * person changed the arguments, both as `moved:edited`; null for a call as the model made it.
 */
export function waitingFor(why: Asked, before: string | null): string | null {
  const edited = why === 'edited' || wasEdited(before);
  const again = why === 'moved' || why === 'stale' ? [why] : [];
  const marks = [...again, ...(edited ? ['edited'] : [])];
  return marks.length === 0 ? null : marks.join(':');
}

/** Did a person change the arguments the model sent? */
export function wasEdited(decidedBy: string | null): boolean {
  return decidedBy?.split(':').includes('edited') ?? false;
}

/** Why a waiting call is before a person, from the journal. */
export function askedFor(decidedBy: string | null): Asked {
  const [first] = decidedBy?.split(':') ?? [];
  return AGAIN.find((why) => why === first) ?? 'first';
}
