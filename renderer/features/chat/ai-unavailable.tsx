import { TriangleAlert } from 'lucide-react';
import type { AiState } from '../../../shared/contract/index.ts';
import { Link } from '../../components/link.tsx';

/** Why no sentence can be sent, in the desk's own words, and the way to change it. */
export function AiUnavailable({ ai }: { ai: Exclude<AiState, { state: 'ready' }> }) {
  return (
    <div role="alert" className="m-3 rounded-lg bg-warn-soft p-3 text-warn">
      <p className="flex items-start gap-2">
        <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
        <span>{ai.message}</span>
      </p>
      {ai.state === 'disabled' ? null : (
        <Link to={{ view: 'settings' }} className="mt-2 ml-6 inline-block font-medium underline underline-offset-2">
          Open Settings
        </Link>
      )}
    </div>
  );
}
