import { setTimeout as sleep } from 'node:timers/promises';
import type { DryRun, JournalEntry } from '../../shared/domain/index.ts';
import { ok, type Failure, type Result } from '../../shared/errors/index.ts';
import { wasEdited } from '../approvals/index.ts';
import { newEffectOf, type PipelineChange, type PipelineClient } from '../pipeline/index.ts';
import { doneResult, errorResult, NOT_DONE, toolResult } from './tool-result.ts';

type Change = PipelineChange<unknown>;
type SendDeps = { pipeline: PipelineClient; signal?: AbortSignal };

/** How often a change whose answer got lost is asked for again under its key, and the first wait between. */
const RESENDS = 5;
const FIRST_WAIT_MS = 250;

/** What came of a sent change: its end for the journal, or the effect it would have in a world that moved. */
export type SentChange = Pick<JournalEntry, 'state' | 'result'> | { moved: DryRun };

/**
 * Sends a change that the journal has as `running`. Fails where it was neither answered nor refused: the journal then
 * stays as it is, and what became of the change is found out once the pipeline is back.
 */
export async function sendChange(call: JournalEntry, change: Change, deps: SendDeps): Promise<Result<SentChange>> {
  const outcome = await send(call, change, deps);
  if (outcome.ok) return ok(doneResult(told(call, outcome.value)));
  const { code, details } = outcome.failure;
  if (code === 'snapshot_changed') {
    const moved = newEffectOf(details);
    const again = moved ? ok(moved) : await deps.pipeline.dryRun(change, deps.signal);
    return ok(again.ok ? { moved: again.value } : toolResult(again));
  }
  if (code === 'pipeline_unreachable' || code === 'unauthorized') return outcome;
  if (!isOpenEnded(outcome.failure)) return ok(toolResult(outcome));
  return ok({ state: 'unknown', result: { ...NOT_DONE.unknown, ...errorResult(outcome.failure) } });
}

/** Sends the change under its key; a lost answer is asked for again, which can't do it twice. */
async function send(call: JournalEntry, change: Change, deps: SendDeps): Promise<Result<unknown>> {
  const key = call.idempotency_key;
  if (key === null) throw new Error('A change is not sent without its idempotency key.');
  const origin = `assistant; tool_call=${call.id}`;
  for (let tries = 1; ; tries++) {
    // A stop does not tear down a change on its way: its outcome would be unknown.
    const outcome = await deps.pipeline.change(change, { key, origin, snapshot: call.snapshot });
    if (outcome.ok || !isOpenEnded(outcome.failure) || tries === RESENDS) return outcome;
    await sleep(FIRST_WAIT_MS * 2 ** (tries - 1));
  }
}

/** Failures that leave open whether the change happened. */
function isOpenEnded({ code }: Failure): boolean {
  return ['pipeline_unreachable', 'in_flight', 'internal_error', 'unavailable'].includes(code);
}

/** The answer with the id to undo it by; where a person changed what the model had asked for, it is told. */
function told(call: JournalEntry, answer: unknown): unknown {
  const edit = wasEdited(call.decided_by) ? { edited: true, arguments_used: inShort(call.arguments) } : {};
  return typeof answer === 'object' ? { ...answer, action_id: call.id, ...edit } : answer;
}

const TOLD_IDS = 20;

/** A thousand ids tell a model no more than how many they are. */
function inShort(args: JournalEntry['arguments']): JournalEntry['arguments'] {
  const { product_ids: ids } = args;
  const isLong = Array.isArray(ids) && ids.length > TOLD_IDS;
  return isLong ? { ...args, product_ids: `${String(ids.length)} products` } : args;
}
