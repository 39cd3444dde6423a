import { create } from 'zustand';
import { CircleCheck, CircleX, X } from 'lucide-react';
import { cx } from './cx.ts';

interface Toast {
  id: number;
  tone: 'good' | 'bad';
  text: string;
}

interface ToastState {
  toasts: readonly Toast[];
  dismiss(id: number): void;
}

const SHOWN_MS = { good: 5000, bad: 12_000 } as const;
let lastId = 0;

const useToasts = create<ToastState>()((set) => ({
  toasts: [],
  dismiss: (id) => set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) })),
}));

/** Says shortly how something went that left no other trace on the screen. */
export function toast(tone: Toast['tone'], text: string): void {
  const id = ++lastId;
  useToasts.setState((state) => ({ toasts: [...state.toasts.slice(-2), { id, tone, text }] }));
  setTimeout(() => useToasts.getState().dismiss(id), SHOWN_MS[tone]);
}

/** Where toasts appear; announced politely. */
export function ToastRegion() {
  const { toasts, dismiss } = useToasts();
  return (
    <div
      role="status"
      className="pointer-events-none fixed bottom-4 left-1/2 z-50 flex -translate-x-1/2 flex-col gap-2"
    >
      {toasts.map(({ id, tone, text }) => (
        <div
          key={id}
          className="pointer-events-auto flex max-w-md items-start gap-2 rounded-lg border border-line bg-raised px-3 py-2 shadow-panel"
        >
          {tone === 'good' ? (
            <CircleCheck className="mt-0.5 size-4 shrink-0 text-good" aria-hidden />
          ) : (
            <CircleX className={cx('mt-0.5 size-4 shrink-0 text-bad')} aria-hidden />
          )}
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{text}</span>
          <button
            type="button"
            aria-label="Dismiss"
            onClick={() => dismiss(id)}
            className="text-muted hover:text-content"
          >
            <X className="size-4" aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}
