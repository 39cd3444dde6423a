import { fail, ok, type Result } from '../../../shared/errors/index.ts';

/** A cell's value, or why it is none. */
type Cell = { value: unknown } | { wrong: string };

interface Column {
  /** Where the value goes in the product. */
  path: readonly [string] | readonly ['dimensions' | 'cad_materials', string];
  read: (cell: string) => Cell;
}

const text = (cell: string): Cell => ({ value: cell });
const lower = (cell: string): Cell => ({ value: cell.toLowerCase() });

/** A number with a decimal point or, as German programs write it, a comma. */
function number(cell: string): Cell {
  const plain = /^\d+,\d+$/.test(cell) ? cell.replace(',', '.') : cell;
  return /^-?\d+(\.\d+)?$/.test(plain) ? { value: Number(plain) } : { wrong: `"${cell.slice(0, 40)}" is not a number` };
}

/** `inner_ring=100Cr6 | cage=St-Blech` */
function materials(cell: string): Cell {
  const parts = cell.split('|').map((part) => part.split('=').map((side) => side.trim()));
  const wrong = parts.find((part) => part.length !== 2);
  if (wrong !== undefined) return { wrong: `"${wrong.join('=').slice(0, 40)}" is not part=material` };
  return { value: Object.fromEntries(parts) };
}

const COLUMNS: Record<string, Column> = {
  pim_id: { path: ['pim_id'], read: text },
  name: { path: ['name'], read: text },
  designation: { path: ['designation'], read: text },
  category: { path: ['category'], read: (cell) => ({ value: cell.split('>') }) },
  kind: { path: ['kind'], read: lower },
  bore_mm: { path: ['dimensions', 'd'], read: number },
  outside_mm: { path: ['dimensions', 'D'], read: number },
  width_mm: { path: ['dimensions', 'B'], read: number },
  rows: { path: ['dimensions', 'rows'], read: number },
  alpha: { path: ['dimensions', 'alpha'], read: number },
  r: { path: ['dimensions', 'r'], read: number },
  closure: { path: ['dimensions', 'closure'], read: lower },
  cad_materials: { path: ['cad_materials'], read: materials },
};
const SHORT: Record<string, string> = { d: 'bore_mm', D: 'outside_mm', B: 'width_mm' };
const NEEDED = ['pim_id', 'name', 'designation', 'category', 'kind', 'bore_mm', 'outside_mm', 'width_mm'];
/** `material.cage`: one part's CAD material in a column of its own. */
const MATERIAL = /^material[.:](\w+)$/i;

/** What a header's cell stands for; null where it is not known. */
export function columnNamed(header: string): { name: string; column: Column } | null {
  const trimmed = header.trim();
  const [, part] = MATERIAL.exec(trimmed) ?? [];
  if (part !== undefined) {
    const name = `material.${part.toLowerCase()}`;
    return { name, column: { path: ['cad_materials', part.toLowerCase()], read: text } };
  }
  const name = SHORT[trimmed] ?? trimmed.toLowerCase().replaceAll(/[\s-]+/g, '_');
  const column = Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined;
  return column === undefined ? null : { name, column };
}

/** Reads a row below its header into a product's fields. */
export type ReadRow = (cells: readonly string[]) => {
  product: object;
  wrong: { column: string; reason: string } | null;
};

/** How rows below this header are read. Fails where a column is missing, unknown or there twice. */
export function readHeader(header: readonly string[]): Result<ReadRow> {
  const found = header.map(columnNamed);
  const names = found.map((column) => column?.name ?? '');
  const unknown = header.filter((cell, at) => found[at] === null && cell.trim() !== '');
  const missing = NEEDED.filter((name) => !names.includes(name));
  const twice = names.filter((name, at) => name !== '' && names.indexOf(name) !== at);
  const problems = [
    ...missing.map((name) => ({ field: name, message: 'this column is missing' })),
    ...unknown.map((name) => ({ field: name.trim().slice(0, 100), message: 'is not a column of an import' })),
    ...twice.map((name) => ({ field: name, message: 'this column is there twice' })),
  ];
  if (problems.length === 0) return ok((cells) => readCells(found, cells));
  const known = [...Object.keys(COLUMNS), 'material.<part>'].join(', ');
  return fail('validation_failed', `The first row must name the columns. There are: ${known}.`, {
    fields: problems.slice(0, 100),
  });
}

function readCells(columns: readonly ReturnType<typeof columnNamed>[], cells: readonly string[]): ReturnType<ReadRow> {
  const product: Record<string, unknown> = { dimensions: {}, cad_materials: {} };
  for (const [at, known] of columns.entries()) {
    const cell = (cells[at] ?? '').trim();
    if (known === null || cell === '') continue;
    const read = known.column.read(cell);
    if ('wrong' in read) return { product, wrong: { column: known.name, reason: read.wrong } };
    const [field, part] = known.column.path;
    if (part === undefined)
      product[field] = field === 'cad_materials' ? merged(product[field], read.value) : read.value;
    else product[field] = merged(product[field], { [part]: read.value });
  }
  const spare = cells.slice(columns.length).find((cell) => cell.trim() !== '');
  if (spare !== undefined) return { product, wrong: { column: '', reason: 'the row has more cells than the header' } };
  return { product, wrong: null };
}

function merged(known: unknown, more: unknown): object {
  return { ...(known as object), ...(more as object) };
}
