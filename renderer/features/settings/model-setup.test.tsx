// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../shared/errors/index.ts';
import { deskState } from '../../test-support/fixtures.ts';
import { renderOnDesk, type Screen } from '../../test-support/render.tsx';
import { SetupCode } from './setup-code.tsx';
import { TestModel } from './test-model.tsx';

let screen: Screen;
afterEach(() => screen.close());

const tested = {
  ok: true,
  message: 'It works: gpt answered in 0.4 s.',
  code: null,
  reason: null,
  model: 'gpt',
  took_ms: 4,
};

describe('the test of the connection', () => {
  it('says how it went, and what is left out for this model', async () => {
    const answer = { ...tested, left_out: ['temperature'] };
    screen = await renderOnDesk(<TestModel />, { 'model.test': () => ok(answer) }, deskState());
    await screen.click(screen.button('Test the connection'));
    await screen.settle();
    expect(screen.text()).toContain('It works: gpt answered in 0.4 s.');
    expect(screen.text()).toContain('left out: temperature');
  });

  it('says what is wrong', async () => {
    const answer = { ...tested, ok: false, message: 'The model refused the key.', left_out: [] };
    screen = await renderOnDesk(<TestModel />, { 'model.test': () => ok(answer) }, deskState());
    await screen.click(screen.button('Test the connection'));
    await screen.settle();
    expect(screen.text()).toContain('The model refused the key.');
  });
});

describe('a set-up code', () => {
  const done = { endpoint: 'https://a.openai.azure.com', deployment: 'gpt', configured: false, key_kept: true };

  it('is pasted, used and gone from the field', async () => {
    screen = await renderOnDesk(
      <SetupCode isAdmin={false} hasModel />,
      { 'model.set_up': () => ok(done) },
      deskState(),
    );
    await screen.type(screen.find('input'), 'rd1.abc.def');
    await screen.click(screen.button('Use the code'));
    await screen.settle();
    expect(screen.desk.calls.at(0)).toEqual({ name: 'model.set_up', request: { code: 'rd1.abc.def' } });
    expect(screen.text()).toContain('The key for gpt at a.openai.azure.com is kept on this machine.');
    expect(screen.text()).not.toContain('Copy a code');
  });

  it('that is refused stays, with the reason', async () => {
    screen = await renderOnDesk(
      <SetupCode isAdmin hasModel />,
      { 'model.set_up': () => fail('validation_failed', 'This is not a set-up code.') },
      deskState(),
    );
    await screen.type(screen.find('input'), 'hello');
    await screen.click(screen.button('Use the code'));
    await screen.settle();
    expect(screen.text()).toContain('This is not a set-up code.');
    expect(screen.text()).toContain('Copy a code');
  });
});
