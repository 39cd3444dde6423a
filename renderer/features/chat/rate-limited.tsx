import { Clock } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { useNow } from '../../components/use-now.ts';
import { stopTurn } from './mutations.ts';

/** The model makes us wait: until when, counting down. Whoever does not want to wait can stop here. */
export function RateLimited({ until, sessionId }: { until: string; sessionId: string }) {
  const seconds = Math.max(0, Math.ceil((new Date(until).getTime() - useNow(1000)) / 1000));
  return (
    <div className="flex items-center gap-2 rounded-md bg-warn-soft px-3 py-1.5 text-warn">
      <Clock className="size-4 shrink-0" aria-hidden />
      {seconds > 0 ? (
        <span className="flex-1">
          The model is busy. Trying again in <span className="tabular-nums">{seconds} s</span>.
        </span>
      ) : (
        <span className="flex-1">Trying again…</span>
      )}
      <Button size="sm" variant="ghost" onClick={() => void stopTurn(sessionId)}>
        Stop waiting
      </Button>
    </div>
  );
}
