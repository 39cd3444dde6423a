/** Parts of a request that not every model or server takes. */
export const OPTIONAL_PARTS = [
  'stream_options',
  'temperature',
  'parallel_tool_calls',
  'strict',
  'max_completion_tokens',
  'max_tokens',
] as const;
export type OptionalPart = (typeof OPTIONAL_PARTS)[number];

/** What was learned about a model from the requests it refused. */
export interface ModelTraits {
  refuses: readonly OptionalPart[];
  /** It takes no request without a limit of the answer. */
  needsLimit: boolean;
  /** The largest limit of an answer it takes, in tokens. */
  largestLimit: number | null;
}

/** Where traits are kept between runs. */
export interface TraitsMemory {
  get(): ModelTraits | null;
  set(traits: ModelTraits): void;
}

export const NO_TRAITS: ModelTraits = { refuses: [], needsLimit: false, largestLimit: null };

/** A refused request: HTTP status, and the code, parameter and sentence of its error. */
export interface Refusal {
  status: number | undefined;
  code: string;
  parameter: string;
  message: string;
}

/** Refusals that are about what was said, not about how it was asked. */
const ABOUT_CONTENT =
  /content_filter|ResponsibleAI|content management policy|context_length|maximum context length|tool_call_id|'tool_calls'|role 'tool'|api.version|DeploymentNotFound|model_not_found|not_a_stream|output limit was reached|not support tools/i;

/**
 * What a refused request teaches about the model, undefined where it teaches nothing. A refusal that names a part that was
 * sent leaves that part out; one that names nothing at all is taken for a server that knows only the bare request.
 */
export function learnFrom(
  refusal: Refusal,
  traits: ModelTraits,
  sent: readonly OptionalPart[],
): ModelTraits | undefined {
  if (refusal.status !== 400 && refusal.status !== 422) return undefined;
  const { code, parameter, message } = refusal;
  if (ABOUT_CONTENT.test(`${code} ${message}`)) return undefined;
  const isLimit = /max_(completion_)?tokens/.test(`${parameter} ${message}`);
  const hasLimit = sent.some(isLimitPart);
  if (isLimit && !hasLimit && !traits.needsLimit) return limitNeeded(traits, `${parameter} ${message}`);
  const largest = /(?:at most|maximum(?: value)?(?: of| is)?|less than or equal to)\D{0,20}(\d{2,7})/i.exec(
    message,
  )?.[1];
  if (isLimit && hasLimit && largest !== undefined && traits.largestLimit === null) {
    return { ...traits, largestLimit: Number(largest) };
  }
  const named = partNamed(parameter, sent) ?? partNamed(message, sent);
  if (named !== undefined) return { ...traits, refuses: [...traits.refuses, named] };
  const namesAnother = parameter !== '' && !/^(body|null)$/.test(parameter);
  const droppable = sent.filter((part) => !(traits.needsLimit && isLimitPart(part)));
  if (namesAnother || droppable.length === 0) return undefined;
  return { ...traits, refuses: [...traits.refuses, ...droppable] };
}

/** The name under which a model takes the limit of its answer, null where it takes none. */
export function limitName({ refuses }: ModelTraits): 'max_completion_tokens' | 'max_tokens' | null {
  if (!refuses.includes('max_completion_tokens')) return 'max_completion_tokens';
  return refuses.includes('max_tokens') ? null : 'max_tokens';
}

function limitNeeded(traits: ModelTraits, said: string): ModelTraits | undefined {
  if (!/required|missing/i.test(said)) return undefined;
  const isOldName = !/max_completion_tokens/.test(said);
  const refuses = isOldName ? [...new Set([...traits.refuses, 'max_completion_tokens' as const])] : traits.refuses;
  return { ...traits, needsLimit: true, refuses };
}

/** The part that a text names first, of those that were sent. */
function partNamed(text: string, sent: readonly OptionalPart[]): OptionalPart | undefined {
  const words = text.toLowerCase().match(/[a-z_]{4,}/g) ?? [];
  return words.map((word) => sent.find((part) => part === word)).find((part) => part !== undefined);
}

function isLimitPart(part: OptionalPart): boolean {
  return part === 'max_completion_tokens' || part === 'max_tokens';
}
