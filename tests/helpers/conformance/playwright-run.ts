import { beginRun, complaintOf, judgeDirectory } from './run.ts';

/** Around a whole run of Playwright, whose workers and desks inherit the place for the records. */
export function validateConversations(): () => void {
  const { records, tell } = beginRun();
  return () => {
    const complaint = complaintOf(judgeDirectory(records));
    console.log(tell());
    if (complaint !== null) throw new Error(complaint);
  };
}

// eslint-disable-next-line no-restricted-exports -- Playwright loads a global set-up by its default export
export default validateConversations;
