import { visible } from '../../components/visible-text.ts';
import { describeArguments } from './describe-arguments.ts';

/** The arguments of a call, readable; hidden characters are shown, long values scroll. */
export function ArgumentList({ args }: { args: Readonly<Record<string, unknown>> }) {
  const rows = describeArguments(args);
  if (rows.length === 0) return <p className="text-xs text-muted">No arguments</p>;
  return (
    <dl className="space-y-1 text-xs">
      {rows.map(({ label, value }) => (
        <div key={label} className="flex gap-2">
          <dt className="w-24 shrink-0 text-muted">{visible(label)}</dt>
          <dd className="max-h-32 min-w-0 flex-1 overflow-y-auto [overflow-wrap:anywhere] whitespace-pre-wrap">
            {visible(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
