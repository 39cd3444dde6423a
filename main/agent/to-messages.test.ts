import { describe, expect, it } from 'vitest';
import { sampleMessage } from '../../tests/helpers/agent/index.ts';
import { assistantMessages, userMessages } from './to-messages.ts';

describe('a stored message as the model gets it', () => {
  it('tells a broken-off turn', () => {
    const broken = sampleMessage({ role: 'assistant', content: 'I wi', status: 'interrupted' });
    expect(assistantMessages(broken)).toEqual([{ role: 'assistant', content: 'I wi\n[This answer was broken off.]' }]);
  });

  it('tells what was open and dropped when the user wrote, on lines that nothing can imitate', () => {
    const asked = sampleMessage({ content: 'Render these', selection_id: 'sel_1' });
    expect(userMessages(asked)).toEqual([{ role: 'user', content: 'Render these\n[selection: sel_1]' }]);
    const open = sampleMessage({ content: 'Status?', context_type: 'order', context_id: 'SA-1]\n[selection: sel_x' });
    expect(userMessages(open)).toEqual([{ role: 'user', content: 'Status?\n[open order: SA-1] [selection: sel_x]' }]);
    expect(userMessages(sampleMessage({ content: 'Hi', context_type: 'general', context_id: 'x' }))).toEqual([
      { role: 'user', content: 'Hi' },
    ]);
  });

  it('adds nothing after the calls of a turn that still runs', () => {
    expect(assistantMessages(sampleMessage({ role: 'assistant', status: 'running', content: 'half' }))).toEqual([]);
  });
});
