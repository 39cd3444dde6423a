import type { Me } from '../domain/index.ts';

/** Whether a sentence can be sent, and if not, why in a person's words. */
export type AiState =
  | { state: 'ready'; label: string; offline: boolean }
  | { state: 'disabled' | 'not_configured' | 'key_missing'; message: string };

/** What a window needs to know of its desk before it draws anything. */
export interface DeskState {
  door: 'electron' | 'web' | 'terminal';
  version: string;
  /** null: nobody is signed in. */
  me: Me | null;
  ai: AiState;
  pipeline: { url: string; embedded: boolean };
  /** Standing answer to approvals of this run: `--approve`. */
  approve: 'ask' | 'auto' | 'deny';
  /** Where secrets live; `message` says so once when it is only this run's memory. */
  keychain: { available: boolean; message: string | null };
  /** The quick command's global shortcut, and whether the desktop gave it to us. */
  quick_command: { shortcut: string | null; registered: boolean };
}

/** Is the picture on the screen current? `stale` since the event stream broke. */
export type ConnectionState = { state: 'live' } | { state: 'stale'; since: string };
