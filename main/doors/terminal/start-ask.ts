import type { TurnEvent, TurnOutcome } from '../../../shared/contract/index.ts';
import { usageWarning } from '../../../shared/domain/index.ts';
import { FailureError, toProblem, unwrap, type Result } from '../../../shared/errors/index.ts';
import { createDesk } from '../../desk.ts';
import type { Desk } from '../../desk-types.ts';
import { launchNode } from '../../embedded-pipeline/index.ts';
import { askPerson, denyUnasked } from './ask-person.ts';
import { ASK_USAGE, readAskFlags } from './ask-flags.ts';
import { askRequest, exitCodeOf, runAsk, type ExitCode } from './run-ask.ts';
import { showEvent, type Screen } from './show-turn.ts';
import { visible } from './visible.ts';

const note = (line: string): void => void process.stderr.write(`${line}\n`);

async function ask(): Promise<ExitCode> {
  const { message, sessionId, json, testModel, desk: flags } = unwrap(readAskFlags(process.argv.slice(2), process.env));
  const { port: _port, open: _open, ...given } = flags;
  const desk = await createDesk({ ...given, door: 'terminal', launch: launchNode, log: note });
  if (testModel) return askForTest(desk, json);
  const screen: Screen = { note, text: (chunk) => void (json ? undefined : process.stdout.write(chunk)) };
  // A decision's turn is heard as pushes, the first one too: one way for all of it.
  const unlisten = desk.onPush((push) => {
    if (push.type === 'turn.event') showEvent(push.event satisfies TurnEvent, screen);
  });
  const isTerminal = process.stdin.isTTY && process.stderr.isTTY;
  const outcome = await runAsk(
    desk,
    () => desk.send(askRequest(message, sessionId), {}),
    isTerminal ? askPerson : denyUnasked,
  );
  unlisten();
  const warning = await usageWarningOf(desk);
  await desk.stop();
  if (json) process.stdout.write(`${JSON.stringify(outcome.ok ? outcome.value : toProblem(outcome.failure))}\n`);
  else process.stdout.write('\n');
  const told = toldOf(outcome);
  if (told !== null) note(told);
  // Where the limit is what ended the turn, it has just been said.
  if (warning !== null && warning !== told) note(visible(warning));
  if (outcome.ok && !json) note(`session ${outcome.value.session_id}`);
  return exitCodeOf(outcome);
}

/** Why the turn did not come to its end; null where it did. */
function toldOf(outcome: Result<TurnOutcome>): string | null {
  return outcome.ok ? (outcome.value.error?.message ?? null) : outcome.failure.message;
}

/** The warning that is due on the month's tokens. What cannot be read is no reason to fail: the turn is over. */
async function usageWarningOf(desk: Desk): Promise<string | null> {
  const usage = await desk.call('chat.usage', {});
  return usage.ok ? usageWarning(usage.value) : null;
}

/** Says whether the model answers, and what is wrong where it does not. */
async function askForTest(desk: Desk, json: boolean): Promise<ExitCode> {
  const test = await desk.call('model.test', {});
  await desk.stop();
  const shown = test.ok ? test.value : toProblem(test.failure);
  const sentence = test.ok ? test.value.message : test.failure.message;
  process.stdout.write(json ? `${JSON.stringify(shown)}\n` : `${visible(sentence)}\n`);
  return test.ok && test.value.ok ? 0 : 1;
}

/** A reader that has seen enough (`npm run ask … | head`) ends the printing, never the turn. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

/** One turn in the terminal, from the command line to its exit code. */
export async function startAsk(): Promise<ExitCode> {
  outliveReaders();
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    note(error.failure.message);
    if (error.failure.code === 'bad_request') note(ASK_USAGE);
    return 1;
  }
}
