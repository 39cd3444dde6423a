import { ChatOpenAI } from '@langchain/openai';
import { createAgent, tool } from 'langchain';

/** LangChain.js: its agent, which is a graph of LangGraph, streaming the messages. */
export function contestant({ origin, tools }) {
  const model = new ChatOpenAI({
    model: 'm',
    apiKey: 'k',
    streaming: true,
    useResponsesApi: false,
    configuration: { baseURL: `${origin}/v1` },
  });
  const offered = tools.map(({ function: { name, description, parameters } }) =>
    tool(async () => JSON.stringify({ output_types: [] }), { name, description, schema: parameters }),
  );
  const agent = createAgent({ model, tools: offered });
  const run = async (message, onText) => {
    const stream = await agent.stream(
      { messages: [{ role: 'user', content: message }] },
      { streamMode: 'messages', recursionLimit: 50 },
    );
    for await (const [chunk] of stream) if (chunk.type === 'ai' && chunk.text !== '') onText(chunk.text);
  };
  return { name: 'LangChain.js', run };
}
