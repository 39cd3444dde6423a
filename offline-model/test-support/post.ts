import { startOfflineModel } from '../server.ts';
import type { OfflineModelServer } from '../server.ts';
import type { OfflineModelOptions } from '../options.ts';
import { allTools } from './offered-tools.ts';

export const KEY = 'the-key';
export const V1 = '/openai/v1/chat/completions';
export const DATED = '/openai/deployments/offline/chat/completions?api-version=2024-10-21';

export function start(options: Partial<OfflineModelOptions> = {}): Promise<OfflineModelServer> {
  return startOfflineModel({ port: 0, deployments: ['offline', 'offline-rules'], key: KEY, delayMs: 0, ...options });
}

/** A body that every form takes. */
export function body(content: string, extra: object = {}): Record<string, unknown> {
  return { model: 'offline', messages: [{ role: 'user', content }], tools: allTools, ...extra };
}

/** POSTs with the key; `headers` replace or add. */
export function post(url: string, payload: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return fetch(url, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json', 'api-key': KEY, ...headers },
  });
}

/** The frames of a streamed answer, parsed; the end mark as the text it is. */
export async function frames(response: Response): Promise<(Record<string, unknown> | '[DONE]')[]> {
  const events = (await response.text()).split('\n\n').filter((event) => event !== '');
  return events.map((event) => {
    const data = event.replace(/^data: /, '');
    return data === '[DONE]' ? data : (JSON.parse(data) as Record<string, unknown>);
  });
}
