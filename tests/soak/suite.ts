/** How long a suite runs: a number of rounds, or as many rounds as fit into a time. */
export interface SoakOptions {
  readonly rounds: number;
  /** The suite starts no new round after this many seconds. */
  readonly seconds: number;
  /** Chooses what is random; the same seed makes the same choices. */
  readonly seed: number;
  readonly log: (line: string) => void;
}

/** What a suite found; `notes` are its figures and, for each failure, what happened and how to see it again. */
export interface SoakResult {
  readonly passed: number;
  readonly failed: number;
  readonly notes: readonly string[];
}

export type SoakSuite = (options: SoakOptions) => Promise<SoakResult>;

/** Counts checks and keeps the notes of a suite. */
export class SoakCount {
  #passed = 0;
  #failed = 0;
  readonly #notes: string[] = [];
  readonly #kinds = new Set<string>();

  /** Counts one check; `problem` is null where it held. Of problems of one `kind` only the first is told. */
  check(problem: string | null, kind: string | null = problem): void {
    if (problem === null || kind === null) {
      this.#passed += 1;
      return;
    }
    this.#failed += 1;
    if (!this.#kinds.has(kind)) this.#notes.push(`FAILED: ${problem}`);
    this.#kinds.add(kind);
  }

  note(text: string): void {
    this.#notes.push(text);
  }

  result(): SoakResult {
    return { passed: this.#passed, failed: this.#failed, notes: this.#notes };
  }
}
