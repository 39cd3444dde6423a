import { createInterface } from 'node:readline/promises';
import type { Decision, PendingApproval } from '../../../shared/contract/index.ts';
import { effectLines } from './show-turn.ts';

/** Decides on a waiting change. */
export type Decide = (approval: PendingApproval) => Promise<Decision>;

/** Asks at the terminal; only an explicit yes approves. */
export const askPerson: Decide = async (approval) => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    process.stderr.write(`\n${effectLines(approval).join('\n')}\n`);
    const answer = await terminal.question('Do it? [y/N] ');
    return /^y(es)?$/i.test(answer.trim())
      ? { decision: 'approve' }
      : { decision: 'reject', reason: 'The user said no at the terminal.' };
  } finally {
    terminal.close();
  }
};

/** There is nobody to ask: that is a no, with the reason. */
export const denyUnasked: Decide = () => {
  const reason = 'There is no terminal to ask for approval on. Run it in a terminal, or with --approve auto.';
  return Promise.resolve({ decision: 'reject', reason });
};
