import { FailureError, type ErrorCode, type Failure } from '../../shared/errors/index.ts';
import type { Outcome } from './finish.ts';

/** A renderer's failure as an order shows it: the reason is what failures are grouped by, the error is for a person. */
export function outcomeOfFailure(failure: Failure): Outcome {
  return { status: 'failed', reason: reasonOf(failure), error: failure.message };
}

function reasonOf({ code, details }: Failure): string {
  const cadMaterial = details?.['cad_material'];
  if (code === 'unmapped_material' && typeof cadMaterial === 'string') return `Unmapped CAD material ${cadMaterial}`;
  switch (code) {
    case 'unmapped_material':
      return 'Part without a material';
    case 'part_not_drawable':
      return 'Part cannot be drawn';
    case 'unknown_material':
      return 'Material is gone';
    case 'renderer_timeout':
      return 'Renderer took too long';
    default:
      return 'Renderer failed';
  }
}

/** What broke on the way to an image, in words for the person whose order it is. The job was tried often enough before. */
export function outcomeOfBreak(error: unknown): Outcome {
  return { status: 'failed', ...describeBreak(error) };
}

/** Reason and sentence of something thrown: our own failures say it themselves, a full disk by its code. */
export function describeBreak(error: unknown): { reason: string; error: string } {
  if (error instanceof FailureError) {
    const reason = BREAK_REASONS[error.failure.code];
    if (reason !== undefined) return { reason, error: error.failure.message };
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return {
      reason: 'Disk of the worker full',
      error: 'There is no space left on the disk of the render worker. Make room there, then retry the failed renders.',
    };
  }
  return {
    reason: 'Render worker failed',
    error: 'The render broke on the worker more than once; its log says how. Retry the failed renders.',
  };
}

const BREAK_REASONS: Partial<Record<ErrorCode, string>> = {
  storage_full: 'Image store full',
  storage_unavailable: 'Image store unavailable',
  renderer_crashed: 'Renderer crashed',
};

/** A render that no worker could bring to an end, however often it was handed out. */
export const LOST: Outcome = {
  status: 'failed',
  reason: 'Render worker lost',
  error: 'The render worker stopped before the image was finished. Retry the failed renders.',
};
