import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { jsonSchema, stepCountIs, streamText, tool } from 'ai';

/** The Vercel AI SDK: `streamText` with tools, as many steps as the model wants. */
export function contestant({ origin, tools }) {
  const model = createOpenAICompatible({ name: 'bench', baseURL: `${origin}/v1`, apiKey: 'k' })('m');
  const offered = Object.fromEntries(
    tools.map(({ function: { name, description, parameters } }) => [
      name,
      tool({ description, inputSchema: jsonSchema(parameters), execute: async () => ({ output_types: [] }) }),
    ]),
  );
  const run = async (message, onText) => {
    const { textStream } = streamText({ model, tools: offered, prompt: message, stopWhen: stepCountIs(16) });
    for await (const text of textStream) if (text !== '') onText(text);
  };
  return { name: 'Vercel AI SDK', run };
}
