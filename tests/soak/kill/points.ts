import type { Fall, Passing } from './gate.ts';

/** How often the change has happened when all is settled, with the turn read at another desk and nobody deciding. */
type Outcome = 'waits' | 'happened';

/** A point of a changing turn at which the desk is killed. */
export interface Point extends Pick<Fall, 'on' | 'when'> {
  readonly name: string;
  readonly then: Outcome;
}

const journal =
  (from: string | null, state: string) =>
  ({ method, path, body }: Passing): boolean =>
    method === 'PUT' && path.startsWith('/api/chat/tool-calls/') && body['from'] === from && body['state'] === state;

/** The change itself, not its dry run. */
const change = ({ method, path }: Passing): boolean =>
  method !== 'GET' && path.startsWith('/api/orders') && !path.includes('dry_run');

const recordOf =
  (status: string) =>
  ({ method, path, body }: Passing): boolean =>
    method === 'PUT' &&
    path.startsWith('/api/chat/messages/') &&
    body['role'] === 'assistant' &&
    body['status'] === status;

/** Every state a change goes through, and both sides of each step between two of them. */
export const POINTS: readonly Point[] = [
  { name: 'approval pending', on: journal('proposed', 'awaiting'), when: 'after', then: 'waits' },
  { name: 'turn waiting, its record not stored', on: recordOf('waiting'), when: 'before', then: 'waits' },
  { name: 'decided, not stored', on: journal('awaiting', 'approved'), when: 'before', then: 'waits' },
  { name: 'approved, not sent', on: journal('awaiting', 'approved'), when: 'after', then: 'happened' },
  { name: 'running, not sent', on: journal('approved', 'running'), when: 'after', then: 'happened' },
  { name: 'sent, not arrived', on: change, when: 'before', then: 'happened' },
  { name: 'sent, not answered', on: change, when: 'after', then: 'happened' },
  { name: 'answered, not stored', on: journal('running', 'done'), when: 'before', then: 'happened' },
  { name: 'stored, turn not ended', on: journal('running', 'done'), when: 'after', then: 'happened' },
];
