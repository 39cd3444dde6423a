import { expect, it } from 'vitest';
import type { ChatMessage } from '../../../shared/contract/index.ts';
import type { ChatSession } from '../../../shared/domain/index.ts';
import { sampleMessage, sampleTurn } from '../../../tests/helpers/agent/index.ts';
import { chatMessage } from '../views.ts';
import { exportChat } from './index.ts';

const at = '2026-11-23T10:00:00.000Z';
const session: ChatSession = {
  session_id: '00000000-0000-4000-8000-000000000001',
  title: '../Alle Kugellager: "WebP"?',
  pinned: false,
  state: 'idle',
  unread: false,
  last_message: '',
  message_count: 2,
  created_at: at,
  updated_at: at,
};
const call: ChatMessage['tool_calls'][number] = {
  id: '00000000-0000-4000-8000-000000000002',
  tool: 'create_order',
  arguments: {},
  state: 'done',
  result: null,
  effect: { summary: 'Order for 3 products\n# not a heading', counts: {}, sample: [] },
  said: null,
  expires_at: null,
  asked: null,
  shown: null,
  decided_by: 'user',
};
const messages: ChatMessage[] = [
  chatMessage(sampleMessage({ content: 'Render all\n# Kugellager', superseded: true, created_at: at })),
  {
    ...chatMessage(sampleMessage({ role: 'assistant', content: 'It is **queued**.', created_at: at })),
    tool_calls: [call],
  },
];
const whole = { session, messages, me: sampleTurn().context.me, at };

it('writes a chat as Markdown in which nobody else’s words become headings', () => {
  const { file_name, media_type, text } = exportChat(whole, 'markdown');
  expect([file_name, media_type]).toEqual(['chat-2026-11-23-Alle-Kugellager-WebP.md', 'text/markdown']);
  expect(text).toContain('## You, 2026-11-23 11:00, replaced later\n\n> Render all\n> # Kugellager');
  expect(text).toContain('- `create_order` done: Order for 3 products \\# not a heading\n\nIt is **queued**.');
});

it('writes a chat as JSON with all that was said and called', () => {
  const { file_name, text } = exportChat(whole, 'json');
  expect(file_name).toBe('chat-2026-11-23-Alle-Kugellager-WebP.json');
  expect(JSON.parse(text)).toMatchObject({ format: 'renderdesk-chat', version: 1, messages });
});
