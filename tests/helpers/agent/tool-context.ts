import type { Navigation } from '../../../main/agent/index.ts';
import type { ToolContext } from '../../../main/agent/tools/index.ts';
import type { PipelineReads } from '../../../main/pipeline/index.ts';
import { sampleMe } from './sample-turn.ts';

type ReadAnswers = { [Route in keyof PipelineReads]?: Awaited<ReturnType<PipelineReads[Route]>> };

export interface ReadingContext {
  context: ToolContext;
  /** The reading routes that were asked, with what they were given. */
  readonly asked: [route: string, ...given: unknown[]][];
  readonly shown: Navigation[];
}

/** What a reading tool works with: a pipeline that gives these answers, and nothing to any other question. */
export function readingContext(answers: ReadAnswers = {}): ReadingContext {
  const asked: ReadingContext['asked'] = [];
  const shown: Navigation[] = [];
  const routes = Object.entries(answers).map(([route, answer]) => {
    const read = (...given: unknown[]): Promise<unknown> => {
      asked.push([route, ...given]);
      return Promise.resolve(answer);
    };
    return [route, read] as const;
  });
  const pipeline = { read: Object.fromEntries(routes) } as unknown as ToolContext['pipeline'];
  const { signal } = new AbortController();
  return { context: { pipeline, me: sampleMe(), signal, navigate: (to) => void shown.push(to) }, asked, shown };
}
