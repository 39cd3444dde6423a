import type { Effect } from '../../shared/domain/index.ts';
import { formatNumber, inWords } from './format.ts';
import { visible } from './visible-text.ts';

/** Counts a person has to look at before saying yes. */
const ALARMING = new Set(['unmapped', 'products_with_unmapped', 'failed', 'unknown', 'missing', 'skipped']);

/** What a change would do: its sentence, its numbers, and some of the things touched. Hidden characters are shown. */
export function EffectView({ effect, sample = true }: { effect: Effect; sample?: boolean }) {
  const counts = Object.entries(effect.counts);
  return (
    <div className="space-y-3">
      <p className="font-medium [overflow-wrap:anywhere]">{visible(effect.summary)}</p>
      {counts.length > 0 ? (
        <dl className="flex flex-wrap gap-2">
          {counts.map(([name, count]) => (
            <div key={name} className={ALARMING.has(name) && count > 0 ? CARD.alarming : CARD.plain}>
              <dt className="text-xs">{inWords(visible(name))}</dt>
              <dd className="text-base font-semibold tabular-nums">{formatNumber(count)}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {sample ? <EffectSample effect={effect} /> : null}
    </div>
  );
}

const CARD = {
  plain: 'min-w-20 rounded-md bg-sunken px-2.5 py-1',
  alarming: 'min-w-20 rounded-md bg-warn-soft px-2.5 py-1 text-warn',
} as const;

function EffectSample({ effect }: { effect: Effect }) {
  if (effect.sample.length === 0) return null;
  return (
    <div>
      <p className="mb-1 text-xs text-muted">Among them</p>
      <ul
        tabIndex={0}
        aria-label="Some of the things touched"
        className="max-h-40 divide-y [@media(max-height:520px)]:max-h-14 divide-line overflow-y-auto rounded-md border border-line"
      >
        {effect.sample.map((thing) => (
          <li key={thing.id} className="flex flex-wrap gap-x-2 px-2.5 py-1 text-xs">
            <span className="min-w-0 [overflow-wrap:anywhere]">{visible(thing.label)}</span>
            {thing.note ? <span className="text-warn">{visible(thing.note)}</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
