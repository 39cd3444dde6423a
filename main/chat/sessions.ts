import { randomUUID } from 'node:crypto';
import type { ChatExport, ChatMessage, ExportFormat } from '../../shared/contract/index.ts';
import type { ChatSession, SessionChange } from '../../shared/domain/index.ts';
import { failure, ok, type Result } from '../../shared/errors/index.ts';
import type { ChatDeps } from './chat.ts';
import { exportChat } from './export/index.ts';
import type { Standing } from './queue.ts';
import { readSession } from './read-session.ts';
import { chatMessage } from './views.ts';

/** The messages of a session; a turn under way shows the text that came so far. */
export async function messagesOf(sessionId: string, deps: ChatDeps): Promise<Result<ChatMessage[]>> {
  const stored = await readSession(sessionId, deps);
  if (!stored.ok) return stored;
  const withLive = stored.value.map((message) => {
    const running = deps.live.ofMessage(message.id);
    if (!running) return chatMessage(message);
    return { ...chatMessage(running.turn.assistant), content: running.text, retry_at: running.retryAt };
  });
  return ok(withLive);
}

/** Renames or pins a session, or takes it for read. */
export function changeSession(
  sessionId: string,
  change: SessionChange,
  { client }: ChatDeps,
): Promise<Result<ChatSession>> {
  return client.chat.changeSession(sessionId, change, randomUUID());
}

/** A session as a file. */
export async function exportSession(
  sessionId: string,
  format: ExportFormat,
  deps: ChatDeps,
): Promise<Result<ChatExport>> {
  const [session, messages] = await Promise.all([deps.client.chat.session(sessionId), messagesOf(sessionId, deps)]);
  if (!session.ok) return session;
  if (!messages.ok) return messages;
  const whole = { session: session.value, messages: messages.value, me: deps.me, at: new Date().toISOString() };
  return ok(exportChat(whole, format));
}

/** How the last turn of a session stands, for what waits behind it. */
export async function standingOf(sessionId: string, deps: ChatDeps): Promise<Result<Standing>> {
  if (deps.live.inSession(sessionId).length > 0) return ok('open');
  const messages = await readSession(sessionId, deps);
  if (!messages.ok) return messages;
  const last = messages.value.findLast(({ superseded }) => !superseded);
  if (last?.status === 'running' || last?.status === 'waiting') return ok('open');
  const isBroken = last?.status === 'failed' || last?.status === 'interrupted';
  return ok(isBroken ? (last.error ?? failure('interrupted')) : 'over');
}
