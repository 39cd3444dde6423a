import type { OrderLine, OrderStatus, RenderStatus } from '../../../shared/domain/index.ts';

/** A line with the status a person is shown. */
export interface ShownLine extends OrderLine {
  shown: RenderStatus | 'draft';
}

/** The lines of a draft are `queued` to the pipeline, but nothing waits for them to be rendered yet. */
export function shownLines(lines: readonly OrderLine[], order: OrderStatus): ShownLine[] {
  return lines.map((line) => ({ ...line, shown: order === 'draft' ? 'draft' : line.status }));
}
