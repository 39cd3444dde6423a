import { isFinalToolCallState, type JournalEntry } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { chatToolCall } from './chat-view.ts';
import { createEntry, moveEntry, newEntry, pastCalls } from './journal.ts';
import type { ModelAnswer } from './model-types.ts';
import { parseToolCall, prepareCall, type ParsedCall } from './parse-tool-call.ts';
import { advanceChange, type AdvanceDeps } from './run-change.ts';
import { runRead } from './run-read.ts';
import { NOT_DONE, toolResult } from './tool-result.ts';
import type { Tool } from './tools/index.ts';
import type { Turn, TurnDeps } from './turn-types.ts';

type Proposed = { entry: JournalEntry; parsed: ParsedCall };

/** Journals the calls of a model's answer and does the reading ones, side by side. Changes stay `proposed`. */
export async function takeCalls(
  turn: Turn,
  answer: ModelAnswer,
  tools: readonly Tool[],
  deps: TurnDeps,
): Promise<Result<JournalEntry[]>> {
  const proposed = proposeCalls(turn, answer, tools);
  const isChange = ({ parsed }: Proposed): boolean => parsed.prepared.ok && parsed.prepared.value.kind === 'change';
  // Changes are on record before anything runs: a crash in a read loses none of them.
  for (const { entry } of proposed.filter(isChange)) {
    const created = await createEntry(deps.store, turn, entry);
    if (!created.ok) return created;
  }
  const others = proposed.filter((call) => !isChange(call));
  const read = await Promise.all(others.map(({ entry, parsed }) => runRead(turn, entry, parsed.prepared, deps)));
  const failed = read.find((result) => !result.ok);
  if (failed) return failed;
  return ok(turn.assistant.tool_calls.filter((call) => proposed.some(({ entry }) => entry.id === call.id)));
}

function proposeCalls(turn: Turn, answer: ModelAnswer, tools: readonly Tool[]): Proposed[] {
  const before = turn.assistant.tool_calls;
  const step = (before.at(-1)?.step ?? -1) + 1;
  return answer.calls.map((raw, index) => {
    const parsed = parseToolCall(raw, tools, pastCalls(turn));
    const entry = newEntry(turn, {
      step,
      position: before.length + index,
      model_call_id: raw.id,
      said: index === 0 && answer.text !== '' ? answer.text : null,
      tool: parsed.tool,
      arguments: parsed.arguments,
    });
    return { entry, parsed };
  });
}

/**
 * Goes on with the changes of the turn that are not at their end. All that need a person are put before one, side by
 * side; they run one after another. A change of an order that an earlier change of the turn still touches waits for it,
 * so that its effect is worked out on what that one left. `waiting`: a person has to decide first.
 */
export async function advanceChanges(
  turn: Turn,
  tools: readonly Tool[],
  deps: TurnDeps,
): Promise<Result<'settled' | 'waiting'>> {
  const touched = new Set<string>();
  let isBehind = false;
  for (const call of turn.assistant.tool_calls.filter(isOpen)) {
    const next = await advanceInTurn(turn, call, { tools, touched, isBehind }, deps);
    if (!next.ok) return next;
    if (!isOpen(next.value)) continue;
    isBehind = true;
    const subject = subjectOf(turn, call, tools);
    if (subject !== undefined) touched.add(subject);
  }
  if (isBehind) return ok('waiting');
  return deps.signal.aborted ? fail('stopped') : ok('settled');
}

async function advanceInTurn(
  turn: Turn,
  call: JournalEntry,
  among: { tools: readonly Tool[]; touched: ReadonlySet<string>; isBehind: boolean },
  deps: TurnDeps,
): Promise<Result<JournalEntry>> {
  if (call.state === 'proposed') {
    if (deps.signal.aborted) return cancel(turn, call, deps);
    const subject = subjectOf(turn, call, among.tools);
    if (subject !== undefined && among.touched.has(subject)) return ok(call);
  }
  return advanceCall(turn, call, among.tools, { ...deps, isBehind: among.isBehind });
}

const isOpen = ({ state }: JournalEntry): boolean => !isFinalToolCallState(state);

/** The order a change is about, as the call names it; undefined where it makes one. */
function subjectOf(turn: Turn, call: JournalEntry, tools: readonly Tool[]): string | undefined {
  const prepared = prepareCall(call, tools, pastCalls(turn));
  if (!prepared.ok || prepared.value.kind !== 'change') return undefined;
  return /^\/orders\/([^/]+)\//.exec(prepared.value.change.path)?.[1]?.toUpperCase();
}

/** Takes one stored change as far as it goes without a person; its arguments are checked anew. */
export async function advanceCall(
  turn: Turn,
  call: JournalEntry,
  tools: readonly Tool[],
  deps: AdvanceDeps,
): Promise<Result<JournalEntry>> {
  const prepared = prepareCall(call, tools, pastCalls(turn));
  if (prepared.ok && prepared.value.kind === 'change') return advanceChange(turn, call, prepared.value.change, deps);
  // The user lost the role meanwhile, or an update took the tool away.
  const gone = prepared.ok ? fail('validation_failed') : prepared;
  return moveEntry(deps.store, turn, call, toolResult(gone));
}

async function cancel(turn: Turn, call: JournalEntry, deps: TurnDeps): Promise<Result<JournalEntry>> {
  const saved = await moveEntry(deps.store, turn, call, { state: 'cancelled', result: NOT_DONE.cancelled });
  if (saved.ok) deps.notify({ type: 'tool.finished', call: chatToolCall(saved.value) });
  return saved;
}
