/** What a turn is asked to do, in words that the server reads out of the conversation. */
export interface Question {
  /** Tools that are called, one after another, before the answer. */
  readonly rounds: number;
  /** The length of the answer. */
  readonly tokens: number;
}

export function messageOf({ rounds, tokens }: Question): string {
  return `rounds: ${rounds}, tokens: ${tokens}`;
}

/** The pieces of the answer to a conversation with such a message in it. */
export function answerOf(conversation: string): { rounds: number; tokens: readonly string[] } {
  const [, rounds, tokens] = /rounds: (\d+), tokens: (\d+)/.exec(conversation) ?? [];
  return { rounds: Number(rounds ?? 0), tokens: tokensOf(Number(tokens ?? 1)) };
}

function tokensOf(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${WORDS[at % WORDS.length] ?? ''} `);
}

const WORDS = ['All', 'orders', 'are', 'well', 'and', 'their', 'renders', 'done'];
