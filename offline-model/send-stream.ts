import type { ServerResponse } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { FrameMaker } from './wire/frames.ts';
import type { ChatRequest, Completion } from './wire/types.ts';
import { usageOf } from './wire/usage.ts';

/** Sends an answer as server-sent events and stops as soon as the caller hangs up. */
export async function sendStream(
  response: ServerResponse,
  request: ChatRequest,
  completion: Completion,
  delayMs: number,
): Promise<void> {
  const hungUp = new AbortController();
  response.once('close', () => {
    hungUp.abort();
  });
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
  response.socket?.setNoDelay(true);
  const maker = new FrameMaker(request.includeUsage);
  try {
    for (const frame of maker.frames(completion)) {
      if (frame.text && delayMs > 0) await sleep(delayMs, undefined, { signal: hungUp.signal });
      await send(response, JSON.stringify(frame.data), hungUp.signal);
    }
    if (request.includeUsage) {
      const usage = await usageOf(request, completion);
      await send(response, JSON.stringify(maker.usageFrame(usage)), hungUp.signal);
    }
    await send(response, '[DONE]', hungUp.signal);
    response.end();
  } catch (error) {
    if (!hungUp.signal.aborted) throw error;
  }
}

async function send(response: ServerResponse, data: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (!response.write(`data: ${data}\n\n`)) await once(response, 'drain', { signal });
}
