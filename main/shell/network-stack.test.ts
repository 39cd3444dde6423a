import { expect, it } from 'vitest';
import { createNetworkStack } from './network-stack.ts';

it('fetches https through the session and nothing else', async () => {
  const asked: unknown[] = [];
  const stack = createNetworkStack({
    fetch: (input, init) => {
      asked.push([input, init]);
      return Promise.resolve(new Response('ok'));
    },
    resolveProxy: (url) => Promise.resolve(`PROXY for:${url}`),
  });
  const init = { method: 'POST', redirect: 'error' } as const;
  expect(await (await stack.fetch(new URL('https://models.example/v1'), init)).text()).toBe('ok');
  expect(asked).toEqual([['https://models.example/v1', init]]);
  await expect(stack.fetch('file:///etc/passwd')).rejects.toThrow('Only https');
  await expect(stack.fetch('renderdesk://app/')).rejects.toThrow('Only https');
  expect(asked.length).toBe(1);
  expect(await stack.resolveProxy('https://a')).toBe('PROXY for:https://a');
});
