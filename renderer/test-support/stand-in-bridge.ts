import type {
  Bridge,
  DeskPush,
  OperationAnswers,
  OperationName,
  OperationRequest,
} from '../../shared/contract/index.ts';
import { fail, type Result } from '../../shared/errors/index.ts';

type Answer<K extends OperationName> = (
  request: OperationRequest<K>,
) => Result<OperationAnswers[K]> | Promise<Result<OperationAnswers[K]>>;

/** What the stand-in answers; an operation that is not here fails loudly. */
export type Answers = { [K in OperationName]?: Answer<K> };

export interface StandIn extends Bridge {
  answers: Answers;
  /** Every call, in order. */
  calls: { name: OperationName; request: unknown }[];
  /** Tells the window something, as the desk would. */
  push(push: DeskPush): void;
}

/** A desk for tests of the window: answers what it was told to, remembers what it was asked. */
export function createStandIn(answers: Answers): StandIn {
  const listeners = new Set<(push: DeskPush) => void>();
  const calls: StandIn['calls'] = [];
  return {
    answers,
    calls,
    push: (push) => listeners.forEach((listener) => listener(push)),
    call: async <K extends OperationName>(
      name: K,
      request: OperationRequest<K>,
    ): Promise<Result<OperationAnswers[K]>> => {
      calls.push({ name, request });
      const answer: Answer<K> | undefined = answers[name];
      return answer ? answer(request) : fail('not_found', `the stand-in does not know ${name}`);
    },
    uploadProductList: (name) =>
      Promise.resolve({
        ok: true,
        value: {
          name,
          summary: '148 products, 3 not found',
          selection_id: 'sel_list',
          product_count: 148,
          rows: 151,
          column: 'PIM-ID',
          open_rows: [{ reference: 'KL-9999', match: 'none', suggestion: null }],
          counts: { exact: 148, likely: 0, ambiguous: 0, none: 3, duplicates: 0 },
        },
      }),
    onPush: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    mediaUrl: (id, variant) => `/media/renders/${id}/${variant}`,
  };
}
