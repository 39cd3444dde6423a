import { LIMITS } from './limits.ts';

/**
 * `fetch` whose answers end with an error once they are larger than any honest answer. Streams are counted as they are
 * iterated, which is how the openai package reads them: a stream put through another stream would cost each token more.
 */
export const limitedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (!response.body) return response;
  if (!response.ok) return new Response(response.body.pipeThrough(limiter()), response);
  const { body } = response;
  const iterate = body[Symbol.asyncIterator].bind(body);
  Object.defineProperty(body, Symbol.asyncIterator, { value: () => counted(iterate()) });
  return response;
};

function counted(chunks: AsyncIterator<Uint8Array>): AsyncIterableIterator<Uint8Array> {
  let left: number = LIMITS.streamBytes;
  const counting: AsyncIterableIterator<Uint8Array> = {
    next: async () => {
      const step = await chunks.next();
      if (!step.done) left -= step.value.byteLength;
      if (left >= 0) return step;
      await chunks.return?.();
      throw tooLarge();
    },
    return: async () => (await chunks.return?.()) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]: () => counting,
  };
  return counting;
}

function limiter(): TransformStream<Uint8Array, Uint8Array> {
  let left: number = LIMITS.streamBytes;
  return new TransformStream({
    transform: (bytes, controller) => {
      left -= bytes.byteLength;
      if (left < 0) controller.error(tooLarge());
      else controller.enqueue(bytes);
    },
  });
}

function tooLarge(): Error {
  return new Error('The answer is larger than the limit.');
}
