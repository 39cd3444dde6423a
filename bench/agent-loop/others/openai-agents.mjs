import { Agent, OpenAIProvider, Runner, tool } from '@openai/agents';

/** OpenAI Agents: a runner that streams, over chat completions, without its traces, which would leave this machine. */
export function contestant({ origin, tools }) {
  const modelProvider = new OpenAIProvider({ apiKey: 'k', baseURL: `${origin}/v1`, useResponses: false });
  const runner = new Runner({ modelProvider, tracingDisabled: true });
  const offered = tools.map(({ function: { name, description, parameters } }) =>
    tool({ name, description, parameters, strict: true, execute: async () => ({ output_types: [] }) }),
  );
  const agent = new Agent({ name: 'bench', model: 'm', tools: offered });
  const run = async (message, onText) => {
    const result = await runner.run(agent, message, { stream: true, maxTurns: 16 });
    for await (const event of result) {
      if (event.type !== 'raw_model_stream_event' || event.data.type !== 'output_text_delta') continue;
      if (event.data.delta !== '') onText(event.data.delta);
    }
    await result.completed;
  };
  return { name: 'OpenAI Agents', run };
}
