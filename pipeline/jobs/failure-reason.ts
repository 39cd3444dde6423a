import type { Failure } from '../../shared/errors/index.ts';
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
    default:
      return 'Renderer failed';
  }
}

/** A render that no worker could bring to an end, however often it was handed out. */
export const LOST: Outcome = {
  status: 'failed',
  reason: 'Render worker lost',
  error: 'The render worker stopped before the image was finished. Retry the failed renders.',
};
