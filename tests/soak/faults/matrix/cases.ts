import type { ErrorCode } from '../../../../shared/errors/index.ts';
import { httpFaults } from '../http-faults.ts';
import { streamFaults } from '../stream-faults.ts';
import { toolFaults } from '../tool-faults.ts';
import { goodAnswer, type Answer } from '../wire.ts';
import type { Fault } from '../fault.ts';
import { brokenStreams } from './breaks.ts';
import { stagesOf, type Stage } from './stages.ts';

/** One cell of the matrix: a fault at a stage of a turn. */
export interface MatrixCase {
  readonly what: string;
  /** The model's answers to the requests of the turn; the last one stands for all further ones. */
  readonly answers: () => readonly Answer[];
  readonly ends: readonly ('done' | 'failed')[];
  readonly codes: readonly ErrorCode[] | null;
  /** Changes that reach the pipeline: no fewer, no more. */
  readonly changes: readonly [number, number];
  /** Takes seconds, for something is rightly waited for; left out of the short sample. */
  readonly slow: boolean;
}

const BOTH = ['done', 'failed'] as const;

/** All cells, in an order that puts different ones side by side, so that a short sample sees of each kind. */
export function matrixCases(order: object): MatrixCase[] {
  const stages = stagesOf(order);
  const faults = [...httpFaults, ...streamFaults, ...toolFaults];
  const cells = [
    ...stages.flatMap((stage) => faults.map((fault) => atStage(stage, fault))),
    ...stages.flatMap((stage) => httpFaults.filter(({ passes }) => passes).map((fault) => healing(stage, fault))),
    ...stages.slice(0, 3).flatMap((stage) =>
      brokenStreams(order).map(({ what, answer, codes, atMost }): MatrixCase => ({
        what: `${what}, ${stage.what}`,
        answers: () => [...stage.before, answer, goodAnswer],
        ends: atMost > 0 ? BOTH : ['failed'],
        codes,
        changes: [stage.changes, stage.changes + atMost],
        slow: codes.includes('model_timeout'),
      })),
    ),
  ];
  return cells.toSorted((a, b) => mixed(a.what) - mixed(b.what));
}

/** The fault for as long as the turn lasts. */
function atStage(stage: Stage, fault: Fault): MatrixCase {
  return {
    what: `${fault.what}, ${stage.what}`,
    answers: () => [...stage.before, answerOf(fault)],
    ends: fault.ends === 'any' ? BOTH : [fault.ends],
    codes: fault.code === undefined ? null : [fault.code],
    changes: [stage.changes, stage.changes],
    slow: fault.slow === true,
  };
}

/** The fault once; the turn goes on as if nothing had been, and nothing is done twice. */
function healing(stage: Stage, fault: Fault): MatrixCase {
  return {
    what: `${fault.what} once, ${stage.what}`,
    answers: () => [...stage.before, answerOf(fault), goodAnswer],
    ends: ['done'],
    codes: null,
    changes: [stage.changes, stage.changes],
    slow: fault.slow === true,
  };
}

function answerOf(fault: Fault): Answer {
  const answer = fault.make?.() ?? fault.answer;
  if (answer === undefined) throw new Error(`${fault.what} has no answer`);
  return answer;
}

/** Always the same, and without any order that a person would see. */
function mixed(text: string): number {
  let hash = 7;
  for (const character of text) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0;
  return hash;
}
