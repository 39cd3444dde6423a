import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** In the client's name: the request went to a model in memory. */
export const SCRIPTED = 'scripted';

/** A request as it came over the wire, or as it would have gone over it where a test has no wire. */
export interface RequestRecord {
  readonly kind: 'request';
  readonly id: string;
  /** Path and query, which tell the form of the endpoint. */
  readonly url: string;
  /** The user agent: the desk's own, through the openai package, or a test's. */
  readonly client: string;
  readonly body: string;
}

/** What was answered to the request of this id. */
export interface AnswerRecord {
  readonly kind: 'answer';
  readonly id: string;
  /** 0: nothing was answered. */
  readonly status: number;
  readonly text: string;
  /** The server ended its answer itself; false: the connection ended before. */
  readonly ended: boolean;
  /** The test broke it on purpose. */
  readonly broken: boolean;
}

export type WireRecord = RequestRecord | AnswerRecord;

/** A request with what was answered to it; null: nothing was, its server was killed for example. */
export interface Exchange {
  readonly request: RequestRecord;
  readonly answer: AnswerRecord | null;
}

/** All exchanges in the files of a directory, those of one process in their order. */
export function readExchanges(directory: string): Exchange[] {
  const files = readdirSync(directory).filter((name) => name.endsWith('.jsonl'));
  return files.flatMap((name) => {
    // A killed process may have left half a line.
    const lines = readFileSync(join(directory, name), 'utf8').split('\n').slice(0, -1);
    const all = lines.map((line) => JSON.parse(line) as WireRecord);
    const answers = new Map(all.filter((one) => one.kind === 'answer').map((one) => [one.id, one]));
    return all
      .filter((one) => one.kind === 'request')
      .map((request) => ({ request, answer: answers.get(request.id) ?? null }));
  });
}
