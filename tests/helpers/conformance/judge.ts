import type { ModelMessage } from '../../../main/agent/index.ts';
import { brokenOrderRule } from '../agent/wire-rules.ts';
import { SCRIPTED, type AnswerRecord, type Exchange, type RequestRecord } from './records.ts';
import { problemIn } from './fits.ts';
import { MORE_PARAMETERS } from './overlays.ts';
import { parametersOf, type Form, type Root } from './schemas.ts';
import { COUNTS, type Verdict } from './verdict.ts';

/** Did it come through the openai package, as all that the desk asks? */
export function isOfDesk({ client }: RequestRecord): boolean {
  return /^(OpenAI|AzureOpenAI)\/JS/.test(client);
}

/** The published schema that an address stands for. */
export function formOf(url: string): Form {
  if (url.startsWith('/openai/deployments/')) return 'azure-openai-2025-03-01-preview';
  return url.startsWith('/openai/v1/') ? 'azure-openai-v1' : 'openai-platform';
}

/** Holds every request and every answer against the published schemas and our overlays. */
export function judge(exchanges: readonly Exchange[]): Verdict {
  const verdict: Verdict = { counts: { ...COUNTS }, overlays: {}, problems: [] };
  for (const [number, { request, answer }] of exchanges.entries()) {
    const where = `exchange ${String(number + 1)} (${request.url})`;
    judgeRequest(verdict, where, request, answer);
    if (request.client.includes(SCRIPTED)) verdict.counts.scripted += 1;
    else if (answer === null || answer.status === 0) verdict.counts.unanswered += 1;
    else judgeAnswer(verdict, where, formOf(request.url), answer);
  }
  return verdict;
}

function judgeRequest(verdict: Verdict, where: string, request: RequestRecord, answer: AnswerRecord | null): void {
  const isByHand = !isOfDesk(request);
  if (isByHand && answer !== null && answer.status >= 400) {
    verdict.counts.refused += 1;
    return;
  }
  verdict.counts.requests += 1;
  const form = formOf(request.url);
  const body = parse(request.body);
  const problem =
    body === undefined
      ? 'is no JSON'
      : (problemIn(verdict, form, 'request', body) ?? (isByHand ? null : brokenRequestRule(form, body)));
  if (problem !== null) verdict.problems.push(`${where}: the request: ${problem}`);
}

/** The rules of the service that no schema can say; what the desk sends holds to all of them. */
function brokenRequestRule(form: Form, body: unknown): string | null {
  const fields = body as Record<string, unknown> & { messages: ModelMessage[] };
  const known = parametersOf(form);
  const unknown = Object.keys(fields).filter((name) => !known.has(name) && !MORE_PARAMETERS[form].names.includes(name));
  if (unknown.length > 0) return `/${unknown.join(', /')} is no parameter of this form`;
  if (fields['stream_options'] !== undefined && fields['stream'] !== true) return '/stream_options without a stream';
  const broken = brokenOrderRule(fields.messages);
  return broken === undefined ? null : `/messages ${broken}`;
}

function judgeAnswer(verdict: Verdict, where: string, form: Form, answer: AnswerRecord): void {
  const { counts, problems } = verdict;
  const check = (root: Root, what: string, data: unknown): void => {
    const problem = problemIn(verdict, form, root, data);
    if (problem !== null) problems.push(`${where}: ${what}: ${problem}`);
  };
  if (answer.broken) return void (counts.broken += 1);
  // A redirect is nothing that a model says.
  if (answer.status >= 300 && answer.status < 400) return void (counts.pages += 1);
  if (/^(data|event|:)/.test(answer.text)) return judgeStream(verdict, where, answer, check);
  const body = parse(answer.text);
  if (answer.status >= 400) {
    if (body === undefined) return void (counts.pages += 1);
    counts.errors += 1;
    return check('error', `the error body of status ${String(answer.status)}`, body);
  }
  if (!answer.ended) return void (counts.cut += 1);
  counts.responses += 1;
  if (body === undefined) problems.push(`${where}: the answer is neither a stream nor JSON`);
  else check('response', 'the answer', body);
}

function judgeStream(
  { counts, problems }: Verdict,
  where: string,
  { text, ended }: AnswerRecord,
  check: (root: Root, what: string, data: unknown) => void,
): void {
  const events = text.split(/\r?\n\r?\n/);
  // What stands behind the last blank line is no whole event.
  const rest = events.pop() ?? '';
  let isDone = false;
  let isFailed = false;
  for (const [number, event] of events.entries()) {
    const data = dataOf(event);
    if (data === null) continue;
    const what = `frame ${String(number + 1)}`;
    if (isDone) problems.push(`${where}: ${what}: comes after [DONE]`);
    if (data === '[DONE]') {
      isDone = true;
      continue;
    }
    const frame = parse(data);
    isFailed = isError(frame);
    if (frame === undefined) problems.push(`${where}: ${what}: is no JSON`);
    else if (isFailed) counts.errors += 1;
    else counts.chunks += 1;
    if (frame !== undefined) check(isFailed ? 'error' : 'chunk', what, frame);
  }
  // A service that fails midway says so in its last frame, or closes.
  if ((isDone || isFailed) && rest === '') return;
  if (ended) problems.push(`${where}: the stream ends without [DONE]`);
  else counts.cut += 1;
}

/** What an event carries; null: a comment only. */
function dataOf(event: string): string | null {
  const lines = event.split(/\r?\n/).filter((line) => line.startsWith('data:'));
  return lines.length === 0 ? null : lines.map((line) => line.slice(5).trim()).join('\n');
}

function isError(frame: unknown): boolean {
  return typeof frame === 'object' && frame !== null && 'error' in frame;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
