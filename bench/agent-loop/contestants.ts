import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bout, Contestant } from './contestant.ts';
import { ours } from './our-turn.ts';
import { raw } from './raw-turn.ts';

export const OURS = 'main/agent';
export const RAW = 'raw';
/** Of other libraries, each a file in `others/`. */
export const OTHERS = ['vercel-ai', 'openai-agents', 'langchain'] as const;

/** Makes a contestant ready; `others` is the folder where the other libraries are installed. */
export async function openContestant(key: string, bout: Bout, others: string): Promise<Contestant> {
  if (key === RAW) return raw(bout);
  if (key === OURS) return ours(bout);
  const file = pathToFileURL(join(others, `${key}.mjs`)).href;
  const { contestant } = (await import(file)) as { contestant: (bout: Bout) => Contestant };
  return contestant(bout);
}
