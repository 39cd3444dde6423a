import type { ChatRequest } from '../wire/types.ts';

/** What can be asked to go wrong. */
export const FAULTS = ['rate_limit', 'cut_stream', 'bad_arguments', 'content_filter', 'endless_loop', 'slow'] as const;
export type FaultName = (typeof FAULTS)[number];

/** A fault that a message asks for: `[fault: rate_limit x2]`, for its first two requests; without a number for all. */
export interface Fault {
  name: FaultName;
  times: number;
}

const ASKED = new RegExp(`\\[fault: (${FAULTS.join('|')})(?: x(\\d{1,3}))?\\]`);
/** Messages whose requests are counted at one time. */
const MOST_COUNTED = 1000;

/** Finds the fault that applies to a request, by the latest user message. */
export type FindFault = (request: ChatRequest) => FaultName | undefined;

/** Counts how often each message has had its fault, so that a caller who tries again can get through. */
export function createFaults(): FindFault {
  const had = new Map<string, number>();
  return ({ messages }) => {
    const words = messages.findLast(({ role }) => role === 'user')?.content ?? '';
    const asked = ASKED.exec(words);
    if (asked?.[1] === undefined) return undefined;
    const before = had.get(words) ?? 0;
    if (asked[2] !== undefined && before >= Number(asked[2])) return undefined;
    const oldest = had.keys().next();
    if (had.size >= MOST_COUNTED && !oldest.done) had.delete(oldest.value);
    had.set(words, before + 1);
    return asked[1] as FaultName;
  };
}

/** The request without the words that ask for a fault: the rules answer what is left. */
export function withoutFault(request: ChatRequest): ChatRequest {
  const messages = request.messages.map((message) =>
    message.role === 'user' ? { ...message, content: message.content.replace(ASKED, '').trim() } : message,
  );
  return { ...request, messages };
}
