import type { Desk, Media } from '../../main/desk-types.ts';
import type {
  DeskPush,
  OperationAnswers,
  OperationName,
  ProductListAnswer,
  TurnOutcome,
} from '../../shared/contract/index.ts';
import { fail, type Result } from '../../shared/errors/index.ts';

type Answers = { [K in OperationName]?: () => Result<OperationAnswers[K]> };

/** A desk for tests of what stands around it: it records its calls, answers what it is told to, and pushes on demand. */
export class DeskStandIn implements Desk {
  readonly calls: { name: OperationName; request: unknown }[] = [];
  readonly uploads: { name: string; bytes: Uint8Array }[] = [];
  /** An operation without an answer fails with `unavailable`. */
  answers: Answers = {};
  mediaAnswer: Result<Media> = fail('image_not_ready');
  stops = 0;
  readonly #listeners = new Set<(push: DeskPush) => void>();

  async call<K extends OperationName>(name: K, request: unknown): Promise<Result<OperationAnswers[K]>> {
    this.calls.push({ name, request });
    const answer: (() => Result<OperationAnswers[K]>) | undefined = this.answers[name];
    return answer ? answer() : fail('unavailable');
  }
  async send(): Promise<Result<TurnOutcome>> {
    return fail('unavailable');
  }
  async uploadProductList(name: string, bytes: Uint8Array): Promise<Result<ProductListAnswer>> {
    this.uploads.push({ name, bytes });
    return fail('nothing_found');
  }
  async media(): Promise<Result<Media>> {
    return this.mediaAnswer;
  }
  onPush(listener: (push: DeskPush) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
  async stop(): Promise<void> {
    this.stops += 1;
  }
  push(push: DeskPush): void {
    for (const listener of this.#listeners) listener(push);
  }
}
