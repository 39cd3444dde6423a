import { Clock } from 'lucide-react';
import { useNow } from '../../components/use-now.ts';

/** The model makes us wait: until when, counting down. Stopping stays possible. */
export function RateLimited({ until }: { until: string }) {
  const seconds = Math.max(0, Math.ceil((new Date(until).getTime() - useNow(1000)) / 1000));
  return (
    <p className="flex items-center gap-2 rounded-md bg-warn-soft px-3 py-2 text-warn">
      <Clock className="size-4 shrink-0" aria-hidden />
      {seconds > 0 ? (
        <span>
          The model is busy. Trying again in <span className="tabular-nums">{seconds} s</span>.
        </span>
      ) : (
        <span>Trying again…</span>
      )}
    </p>
  );
}
