import { RefreshCw } from 'lucide-react';
import { IconButton } from '../../components/button.tsx';
import { changedBy } from './changed-by.ts';
import type { Segment } from './live-turn.ts';

interface AnswerAnewProps {
  segments: readonly Segment[];
  onAnew: () => void;
}

/** Makes an answer anew; says why not where it changed something. */
export function AnswerAnew({ segments, onAnew }: AnswerAnewProps) {
  const changed = changedBy(segments);
  const label =
    changed === null ? 'Answer again' : `Not answered again, for it changed something (${changed}). Edit your message.`;
  return (
    <IconButton
      label={label}
      className="size-6"
      aria-disabled={changed !== null}
      onClick={changed === null ? onAnew : undefined}
    >
      <RefreshCw className={changed === null ? undefined : 'opacity-40'} aria-hidden />
    </IconButton>
  );
}
