import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import { LIMITS } from './limits.ts';
import { limitName, OPTIONAL_PARTS, type ModelTraits, type OptionalPart } from './model-traits.ts';
import type { ModelRequest, ModelTarget } from './model-types.ts';
import { toolsJson } from './tools-json.ts';

type Body = ChatCompletionCreateParamsStreaming;

/** The JSON of a request, with as much as the model is known to take, and which optional parts are in it. */
export function requestBody(
  target: ModelTarget,
  { messages, tools, maxTokens }: ModelRequest,
  traits: ModelTraits,
): { json: string; sent: OptionalPart[] } {
  const takes = (part: OptionalPart): boolean => !traits.refuses.includes(part);
  const hasTools = tools.length > 0;
  const parts: Partial<Body> = {
    ...(takes('stream_options') ? { stream_options: { include_usage: true } } : {}),
    // Close to the words of the user and of the tools: product numbers and counts leave nothing to imagine.
    ...(takes('temperature') ? { temperature: 0.2 } : {}),
    // The default of Azure, not of every compatible server: reads run side by side.
    ...(hasTools && takes('parallel_tool_calls') ? { parallel_tool_calls: true } : {}),
    ...limitOf(traits, maxTokens),
  };
  const isStrict = hasTools && takes('strict');
  const body: Body = { model: target.deployment, messages: [...messages], stream: true, ...parts };
  const json = JSON.stringify(body);
  return {
    json: hasTools ? `${json.slice(0, -1)},"tools":${toolsJson(tools, isStrict)}}` : json,
    sent: OPTIONAL_PARTS.filter((part) => part in parts || (part === 'strict' && isStrict)),
  };
}

/** No limit is sent where none is wanted: reasoning models spend it on thinking, and it counts against the rate limit. */
function limitOf(traits: ModelTraits, wanted: number | undefined): Partial<Body> {
  const name = limitName(traits);
  const tokens = wanted ?? (traits.needsLimit ? LIMITS.answerTokens : undefined);
  if (name === null || tokens === undefined) return {};
  return { [name]: Math.min(tokens, traits.largestLimit ?? tokens) };
}
