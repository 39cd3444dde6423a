import { beginRun } from './run.ts';

/** Around a whole run of vitest: says at its end how much of what was said to models and by them was validated. */
export function setup(): () => void {
  const { tell } = beginRun();
  return () => console.log(tell());
}
