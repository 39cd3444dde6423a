import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge } from './judge.ts';
import { startRecording } from './recorder.ts';
import { readExchanges } from './records.ts';
import { schemasMissing } from './schemas.ts';
import { sumOf, toldOf, type Verdict } from './verdict.ts';

/** Where a test run keeps the sum of each part of it. */
const SUMS = 'RENDERDESK_WIRE_SUMS';
export const RECORDS = 'RENDERDESK_WIRE_RECORDS';

type Sum = Pick<Verdict, 'counts' | 'overlays'>;

/** Judges what was recorded in a directory and removes it; null where nothing was, or there is nothing to judge it by. */
export function judgeDirectory(directory: string): Verdict | null {
  if (!existsSync(directory)) return null;
  const exchanges = readExchanges(directory);
  rmSync(directory, { recursive: true });
  if (schemasMissing !== null) return null;
  const verdict = judge(exchanges);
  const { counts, overlays } = verdict;
  const sums = process.env[SUMS];
  if (sums !== undefined) appendFileSync(sums, `${JSON.stringify({ counts, overlays })}\n`);
  return verdict;
}

/** What fails the tests whose conversations did not fit; null where all did. */
export function complaintOf(verdict: Verdict | null): string | null {
  if (verdict === null || verdict.problems.length === 0) return null;
  const shown = verdict.problems.slice(0, 10).join('\n');
  return `${String(verdict.problems.length)} times the published schemas do not allow what was said:\n${shown}`;
}

/** Begins a run of tests: its programs record, and each part of it adds to one sum. Answers with what tells the sum. */
export function beginRun(): { records: string; tell: () => string } {
  const directory = mkdtempSync(join(tmpdir(), 'renderdesk-wire-'));
  const sums = join(directory, 'sums.jsonl');
  const records = join(directory, 'records');
  Object.assign(process.env, { [SUMS]: sums, [RECORDS]: records });
  startRecording();
  const tell = (): string => {
    const lines = existsSync(sums) ? readFileSync(sums, 'utf8').split('\n').slice(0, -1) : [];
    rmSync(directory, { recursive: true, force: true });
    if (schemasMissing !== null) return `Conversations with models were not validated: ${schemasMissing}.`;
    return `Conversations with models, validated: ${toldOf(sumOf(lines.map((line) => JSON.parse(line) as Sum)))}`;
  };
  return { records, tell };
}
