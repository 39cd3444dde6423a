import { LIMITS } from './limits.ts';

/** `fetch` whose answers end with an error once they are larger than any honest answer. */
export const limitedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (!response.body) return response;
  let left: number = LIMITS.streamBytes;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (bytes, controller) => {
        left -= bytes.byteLength;
        if (left < 0) controller.error(new Error('The answer is larger than the limit.'));
        else controller.enqueue(bytes);
      },
    }),
  );
  return new Response(counted, response);
};
