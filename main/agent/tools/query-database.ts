import { z } from 'zod';
import { ok } from '../../../shared/errors/index.ts';
import { readTool } from './tool.ts';

const SHOWN_ROWS = 50;
const CELL_CHARS = 200;

export const queryDatabase = readTool({
  name: 'query_database',
  description:
    "Runs one read-only PostgreSQL SELECT over the company's own data, for questions no other tool answers. Views: " +
    'categories(id,parent_id,name,path) products(id,pim_id,name,designation,category,category_path,kind,bore_mm,outside_mm,' +
    'width_mm,cad_materials,created_at) materials(id,name,description,color,metallic,roughness) ' +
    'material_mappings(cad_material,material) output_types(id,name,description,is_default,settings) ' +
    'orders(id,number,status,output_type,render_overrides,material_override,lines_total,lines_queued,lines_running,lines_done,' +
    'lines_failed,lines_cancelled,created_by,created_at,dispatched_at,finished_at) order_lines(id,order_id,order_number,' +
    'position,product_id,pim_id,product,status,attempts,error) renders(id,order_id,order_number,line_id,pim_id,attempt,status,' +
    'failure_reason,error,format,width,height,image_bytes,duration_ms,created_at,started_at,finished_at). ' +
    'Aggregate and LIMIT. Gives {columns, rows, row_count, truncated}.',
  args: z.object({ sql: z.string().trim().min(1).max(10_000) }).strict(),
  run: async ({ sql }, { pipeline, signal }) => {
    const answer = await pipeline.read.query(sql, signal);
    if (!answer.ok) return answer;
    const { columns, rows, row_count, truncated } = answer.value;
    return ok({
      columns: columns.map((column) => column.name),
      rows: rows.slice(0, SHOWN_ROWS).map((row) => row.map(shortCell)),
      row_count,
      truncated: truncated || rows.length > SHOWN_ROWS,
    });
  },
});

/** A cell of thousands of characters helps nobody and costs tokens. */
function shortCell(value: unknown): unknown {
  const text = typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : undefined;
  return text !== undefined && text.length > CELL_CHARS ? `${text.slice(0, CELL_CHARS)}…` : value;
}
