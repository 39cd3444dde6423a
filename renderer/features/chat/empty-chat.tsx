import { MessageSquare } from 'lucide-react';
import { NEW_SESSION, setDraft } from './chat-store.ts';

const EXAMPLES = [
  'Render all Kugellager products as WebP at 1024x1024',
  'What’s the status of my last order?',
  'How many renders failed this week?',
  'Which materials of my last order are unmapped?',
];

/** A new conversation: what can be said, by example. */
export function EmptyChat({ ready }: { ready: boolean }) {
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-4 overflow-y-auto p-6 text-center">
      <MessageSquare className="size-8 text-accent" aria-hidden />
      <div>
        <p className="font-medium">Say what should happen</p>
        <p className="mt-1 text-muted">
          Every change is shown with its effect first, and happens only when you approve it. Drop a CSV or XLSX product
          list here to order from it.
        </p>
      </div>
      <ul className="w-full max-w-sm space-y-1.5">
        {(ready ? EXAMPLES : []).map((example) => (
          <li key={example}>
            <button
              type="button"
              onClick={() => {
                setDraft(NEW_SESSION, example);
                document.getElementById('composer')?.focus();
              }}
              className="w-full rounded-lg border border-line px-3 py-2 text-left text-[0.8125rem] hover:border-accent hover:bg-accent-soft"
            >
              {example}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
