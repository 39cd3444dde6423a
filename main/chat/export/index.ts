import type { ChatExport, ChatMessage, ExportFormat } from '../../../shared/contract/index.ts';
import type { ChatSession, Me } from '../../../shared/domain/index.ts';
import { fileName } from './file-name.ts';
import { asMarkdown } from './markdown.ts';

/** A chat with everything that is kept of it. */
export interface WholeChat {
  session: ChatSession;
  messages: readonly ChatMessage[];
  me: Me;
  /** When it was exported, ISO. */
  at: string;
}

const JSON_INDENT = 2;

/** A chat as a file: Markdown to read and pass on, JSON with all that was said, called and decided. */
export function exportChat(chat: WholeChat, format: ExportFormat): ChatExport {
  const { session, messages, me, at } = chat;
  if (format === 'markdown') {
    return { file_name: fileName(session, 'md'), media_type: 'text/markdown', text: asMarkdown(chat) };
  }
  const exported = {
    format: 'renderdesk-chat',
    version: 1,
    exported_at: at,
    company: me.tenant.name,
    user: { name: me.user.name, email: me.user.email },
    session: { id: session.session_id, title: session.title, created_at: session.created_at },
    messages,
  };
  const text = `${JSON.stringify(exported, null, JSON_INDENT)}\n`;
  return { file_name: fileName(session, 'json'), media_type: 'application/json', text };
}
