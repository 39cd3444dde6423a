import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { OrderLine, Page, RenderStatus } from '../../../shared/domain/index.ts';
import { ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Tx } from '../../db/index.ts';
import { countRows, cutPage, decodeCursor, type PageRequest } from '../paging.ts';
import { findOrder } from './find.ts';

const { orderLines, products, renders } = schema;
const cursorKey = z.tuple([z.number().int()]);

/** The lines of an order by position, with what their newest render shows. */
export async function listLines(
  tx: Tx,
  ref: string,
  request: PageRequest & { status?: RenderStatus | undefined },
): Promise<Result<Page<OrderLine>>> {
  const found = await findOrder(tx, ref);
  if (!found.ok) return found;
  const cursor = decodeCursor(request.cursor, cursorKey);
  if (!cursor.ok) return cursor;
  const where = and(
    eq(orderLines.orderId, found.value.order.id),
    request.status === undefined ? undefined : eq(orderLines.status, request.status),
  );
  const rows = await selectLines(tx)
    .where(and(where, cursor.value === null ? undefined : gt(orderLines.position, cursor.value[0])))
    .orderBy(asc(orderLines.position))
    .limit(request.limit + 1);
  const total = await countRows(tx, sql`FROM ${orderLines} WHERE ${where}`);
  return ok({
    ...cutPage(rows, request.limit, { present: presentLine, keyOf: (row) => [row.line.position] }),
    ...total,
  });
}

function selectLines(tx: Tx) {
  return tx
    .select({
      line: orderLines,
      product: { id: products.id, pim_id: products.pimId, name: products.name, designation: products.designation },
      progress: renders.progress,
      durationMs: renders.durationMs,
      hasImage: sql<boolean>`coalesce(${renders.imageKey} IS NOT NULL, false)`,
    })
    .from(orderLines)
    .innerJoin(products, eq(products.id, orderLines.productId))
    .leftJoin(renders, eq(renders.id, orderLines.renderId));
}

type LineRow = Awaited<ReturnType<typeof selectLines>>[number];

function presentLine({ line, product, progress, durationMs, hasImage }: LineRow): OrderLine {
  return {
    id: line.id,
    order_id: line.orderId,
    position: line.position,
    product,
    status: line.status,
    render_id: line.renderId,
    progress: progress ?? 0,
    attempts: line.attempts,
    error: line.error,
    duration_ms: durationMs,
    has_image: hasImage,
  };
}
