import { z } from 'zod';
import { ok } from '../../../shared/errors/index.ts';
import { readTool } from './tool.ts';

const SHOWN_ROWS = 50;
const CELL_CHARS = 200;

/** What a query may name; `GET /query/schema` has the same with types and descriptions, and a test compares the two. */
const VIEWS =
  'One SELECT over these views: company(name,time_zone,created_at) categories(id,parent_id,name,path,description,level) ' +
  'products(id,pim_id,name,designation,category,category_path,kind,bore_mm,outside_mm,width_mm,cad_materials,created_at,' +
  'updated_at,category_id,dimensions,unmapped) materials(id,name,description,color,metallic,roughness) ' +
  'material_mappings(cad_material,material,unmapped,updated_at) output_types(id,name,description,is_default,settings,format,' +
  'width,height,quality,background,samples,camera,archived) orders(id,number,status,output_type,render_overrides,material_override,' +
  'lines_total,lines_queued,lines_running,lines_done,lines_failed,lines_cancelled,created_by,created_at,dispatched_at,' +
  'finished_at,settings,duration_s) order_lines(id,order_id,order_number,position,product_id,pim_id,product,status,attempts,' +
  'error,render_id,category_path) renders(id,order_id,order_number,line_id,pim_id,attempt,status,failure_reason,error,format,' +
  'width,height,image_bytes,duration_ms,created_at,started_at,finished_at,product_id,product,category_path,output_type,' +
  'material_override,quality,samples,camera,waited_s) order_history(id,order_id,order_number,at,actor,origin,event,text)';

export const queryDatabase = readTool({
  name: 'query_database',
  description:
    "Runs one read-only PostgreSQL SELECT over the company's own data, for questions no other tool answers. A branch of the " +
    "category tree: category_path LIKE 'Kugellager%'. A render counts for its created_at; days and weeks are those of the " +
    'company. 5 s and 1,000 rows at most: aggregate and LIMIT. A refusal says what to write instead. ' +
    'Gives {columns, rows, row_count, truncated}.',
  args: z.object({ sql: z.string().trim().min(1).max(10_000).describe(VIEWS) }).strict(),
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
