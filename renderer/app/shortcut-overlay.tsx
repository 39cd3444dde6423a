import { Dialog } from '../components/dialog.tsx';
import { SHORTCUTS } from './shortcuts.ts';

/** All shortcuts at a glance. */
export function ShortcutOverlay({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" size="sm" onClose={onClose}>
      <dl className="divide-y divide-line">
        {SHORTCUTS.map(({ keys, does }) => (
          <div key={keys} className="flex items-center justify-between gap-4 py-1.5">
            <dt>{does}</dt>
            <dd className="flex gap-1">
              {keys.split(' ').map((key) => (
                <kbd key={key} className="rounded border border-line-strong/60 bg-surface px-1.5 py-0.5 text-xs">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-xs text-muted">On a Mac, Ctrl is ⌘.</p>
    </Dialog>
  );
}
