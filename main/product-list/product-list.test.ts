import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { NewSelection, ResolvedReference } from '../../shared/domain/index.ts';
import { ok, unwrap } from '../../shared/errors/index.ts';
import { decodeText } from './decode-text.ts';
import { readProductList, type DroppedList } from './read-product-list.ts';
import { readRows } from './read-rows.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the text of a file', () => {
  const text = 'Wälzlager;Größe';
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['Windows Latin-1', Buffer.from(text, 'latin1')],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['UTF-16 big-endian', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('is read from %s', (_name, encoded) => {
    expect(decodeText(encoded)).toBe(text);
  });
});

describe('the rows of a file', () => {
  it.each([
    [
      'semicolons',
      'a;b\n1;2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'commas and quotes',
      'a,b\n"1,5","x ""y"""\n',
      [
        ['a', 'b'],
        ['1,5', 'x "y"'],
      ],
    ],
    [
      'tabs',
      'a\tb\r\n1\t2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['plain lines', 'KL-1\n\n  KL-2  \r\nKL-3', [['KL-1'], ['KL-2'], ['KL-3']]],
    [
      'lines that hold commas now and then',
      'Ring, 10 mm\nScheibe\nRolle\nKugel\n',
      [['Ring, 10 mm'], ['Scheibe'], ['Rolle'], ['Kugel']],
    ],
  ])('are split at %s', async (_name, text, rows) => {
    expect(await readRows(bytes(text))).toEqual(rows);
  });

  it('come out of a workbook', async () => {
    const rows = await readRows(await readFile('resources/examples/product-list.xlsx'));
    expect(rows[0]).toContain('Artikelnummer');
    expect(rows.length).toBe(152);
  });
});

/** A pipeline that knows KL-… numbers, likes L-… with a score and is unsure of A-…. */
function catalogue() {
  const ids = new Map<string, string>();
  const selections: NewSelection[] = [];
  const resolve = (references: string[]) => {
    const items = references.map((reference): ResolvedReference => {
      const kind = /^(KL|L|A)-(\d+)/.exec(reference);
      if (!kind) return { reference, match: 'none', product_id: null, score: null, candidates: [] };
      const product_id = ids.get(kind[2] ?? '') ?? randomUUID();
      ids.set(kind[2] ?? '', product_id);
      const candidates = [{ product_id, pim_id: `KL-${kind[2] ?? ''}`, name: 'Lager', score: 0.9 }];
      if (kind[1] === 'KL') return { reference, match: 'exact', product_id, score: 1, candidates: [] };
      if (kind[1] === 'L') return { reference, match: 'likely', product_id, score: Number(kind[2]) / 100, candidates };
      return { reference, match: 'ambiguous', product_id: null, score: null, candidates };
    });
    return Promise.resolve(ok({ items, counts: { exact: 0, likely: 0, ambiguous: 0, none: 0 } }));
  };
  const createSelection = (selection: NewSelection) => {
    selections.push(selection);
    return Promise.resolve(ok({ id: 'sel_1' }));
  };
  return { selections, read: { resolve, createSelection } as unknown as DroppedList['read'] };
}

describe('a product list', () => {
  it('becomes a selection of its distinct products, and says what needs a look', async () => {
    const { read, selections } = catalogue();
    const text = 'Pos;Artikelnummer\n1;KL-1\n2;KL-2\n3;KL-1\n4;L-95\n5;L-40\n6;A-7\n7;Schraube\n';
    const answer = unwrap(await readProductList({ name: 'list.csv', bytes: bytes(text), read }));
    expect(answer).toEqual({
      name: 'list.csv',
      summary: '3 products, 3 not found',
      selection_id: 'sel_1',
      product_count: 3,
      rows: 7,
      column: 'Artikelnummer',
      open_rows: [
        { reference: 'L-95', match: 'likely', suggestion: 'KL-95 Lager' },
        { reference: 'L-40', match: 'likely', suggestion: 'KL-40 Lager' },
        { reference: 'A-7', match: 'ambiguous', suggestion: 'KL-7 Lager' },
        { reference: 'Schraube', match: 'none', suggestion: null },
      ],
      counts: { exact: 2, likely: 2, ambiguous: 1, none: 1, duplicates: 1 },
    });
    expect(selections).toEqual([{ product_ids: expect.any(Array) as string[], label: 'list.csv' }]);
  });

  it('finds the column by what is in it where no header names one', async () => {
    const { read } = catalogue();
    const text = 'Was,Wieviel,Woher\nLager,5,KL-1\nLager,6,KL-2\n';
    const answer = unwrap(await readProductList({ name: 'x.csv', bytes: bytes(text), read }));
    expect(answer).toMatchObject({ column: 'Woher', product_count: 2, rows: 2, summary: '2 products, 0 not found' });
  });

  it('without a header loses no row', async () => {
    const { read } = catalogue();
    const answer = unwrap(await readProductList({ name: 'x.txt', bytes: bytes('KL-1\nKL-2\nfoo\n'), read }));
    expect(answer).toMatchObject({ column: null, rows: 3, summary: '2 products, 1 not found' });
  });

  it('of nothing known makes no selection', async () => {
    const { read, selections } = catalogue();
    const answer = unwrap(await readProductList({ name: 'x.txt', bytes: bytes('foo\nbar\n'), read }));
    expect(answer).toMatchObject({ selection_id: null, product_count: 0 });
    expect(selections).toEqual([]);
  });

  it.each([
    ['is empty', new Uint8Array()],
    ['is a damaged workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 1, 2, 3])],
  ])('that %s is told unreadable', async (_what, content) => {
    const answer = await readProductList({ name: 'x.xlsx', bytes: content, read: catalogue().read });
    expect(answer).toMatchObject({ ok: false, failure: { code: 'file_unreadable' } });
  });

  it('of 100,000 rows leaves the main thread free', async () => {
    const { read } = catalogue();
    const rows = Array.from({ length: 100_000 }, (_unused, row) => `${String(row)};KL-${String(row)};Rillenkugellager`);
    const content = bytes(`Pos;PIM-ID;Name\n${rows.join('\n')}`);
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const answer = unwrap(await readProductList({ name: 'big.csv', bytes: content, read }));
    clearInterval(timer);
    expect(answer).toMatchObject({ rows: 100_000, product_count: 100_000 });
    expect(longest).toBeLessThan(1000);
  });
});
