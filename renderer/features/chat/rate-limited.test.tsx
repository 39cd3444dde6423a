// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';
import { ok } from '../../../shared/errors/index.ts';
import { deskState, uuid } from '../../test-support/fixtures.ts';
import { renderOnDesk, type Screen } from '../../test-support/render.tsx';
import { RateLimited } from './rate-limited.tsx';

let screen: Screen;
afterEach(() => screen.close());

it('counts down to the next try and can be stopped where it stands', async () => {
  const session = uuid();
  const until = new Date(Date.now() + 2600).toISOString();
  screen = await renderOnDesk(
    <RateLimited until={until} sessionId={session} />,
    { 'chat.stop': () => ok({ stopped: true }) },
    deskState(),
  );
  expect(screen.text()).toMatch(/Trying again in [23] s/);
  await screen.settle(1200);
  expect(screen.text()).toMatch(/Trying again in [12] s/);
  await screen.settle(2000);
  expect(screen.text()).toContain('Trying again…');
  await screen.click(screen.button('Stop waiting'));
  expect(screen.desk.calls).toContainEqual({ name: 'chat.stop', request: { session_id: session } });
});
