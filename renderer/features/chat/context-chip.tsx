import { ClipboardList, Package, X } from 'lucide-react';
import { dropContext, useContextLabel, type OpenContext } from './context.ts';

/** What goes along with the next message because it is open; can be taken off. */
export function ContextChip({ context }: { context: OpenContext }) {
  const label = useContextLabel(context);
  const Icon = context.type === 'order' ? ClipboardList : Package;
  return (
    <span className="inline-flex max-w-full items-center gap-1 rounded-full bg-accent-soft py-0.5 pr-1 pl-2 text-xs font-medium text-accent">
      <Icon className="size-3.5 shrink-0" aria-hidden />
      <span className="truncate">{label}</span>
      <button
        type="button"
        aria-label={`Talk without ${label}`}
        title="Talk without it"
        onClick={() => dropContext(context)}
        className="rounded-full p-0.5 hover:bg-raised"
      >
        <X className="size-3" aria-hidden />
      </button>
    </span>
  );
}
