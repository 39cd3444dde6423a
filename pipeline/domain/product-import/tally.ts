import { createHash } from 'node:crypto';
import type { Effect, ImportAnswer, ProductImport, Rejection } from '../../../shared/domain/index.ts';

const MOST_REJECTIONS = 100;
const SAMPLE = 20;
type Fate = 'new' | 'changed' | 'unchanged';

/** Counts what an import would do, keeps what is to be written, and the first rows that are not taken. */
export class Tally {
  readonly counts = { new: 0, changed: 0, unchanged: 0, rejected: 0 };
  readonly rejections: Rejection[] = [];
  readonly writes: ProductImport[] = [];
  readonly #firstSeen = new Map<string, number>();
  readonly #sample: Effect['sample'] = [];
  readonly #hash = createHash('sha256');

  /** Does this row name a product that an earlier row named? Then it is rejected. */
  repeats(row: number, { pim_id: pimId }: ProductImport): boolean {
    const first = this.#firstSeen.get(pimId);
    if (first === undefined) {
      this.#firstSeen.set(pimId, row);
      return false;
    }
    this.reject({ row, pim_id: pimId, column: 'pim_id', reason: `repeats row ${first}` });
    return true;
  }

  reject(rejection: Rejection): void {
    this.counts.rejected += 1;
    this.#hash.update(JSON.stringify(rejection));
    if (this.rejections.length < MOST_REJECTIONS) this.rejections.push(rejection);
  }

  /** `was`: what is stored now, which the snapshot rests on. */
  add(product: ProductImport, fate: Fate, was: string | null): void {
    this.counts[fate] += 1;
    this.#hash.update(JSON.stringify([product, was]));
    if (fate === 'unchanged') return;
    this.writes.push(product);
    if (this.#sample.length < SAMPLE) this.#sample.push({ id: product.pim_id, label: product.name, note: fate });
  }

  get rows(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  /** The rejected rows first: they are what a person has to do something about. */
  sample(): Effect['sample'] {
    const rejected = this.rejections.map(({ row, pim_id, column, reason }) => ({
      id: pim_id ?? String(row),
      label: `row ${row}`,
      note: [column, reason].filter(Boolean).join(': '),
    }));
    return [...rejected, ...this.#sample].slice(0, SAMPLE);
  }

  answer(categories: number): ImportAnswer {
    return { rows: this.rows, ...this.counts, categories, rejections: this.rejections };
  }

  digest(): string {
    return this.#hash.copy().digest('base64url');
  }
}
