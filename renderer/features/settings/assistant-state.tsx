import type { AiState } from '../../../shared/contract/index.ts';
import { Notice } from '../../components/notice.tsx';

/** Whether the assistant can be used here, and if not what is missing, in the desk's words. */
export function AssistantState({ ai }: { ai: AiState }) {
  if (ai.state !== 'ready') return <Notice tone="warn">{ai.message}</Notice>;
  return (
    <Notice tone="good">
      The assistant is ready: {ai.label}
      {ai.offline ? ' (nothing leaves this machine)' : ''}
    </Notice>
  );
}
