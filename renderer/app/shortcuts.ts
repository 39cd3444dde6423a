import { useEffect } from 'react';
import { navigate } from './router.ts';
import { useUi } from './ui-store.ts';

/** Every shortcut of the console, as the overlay lists them. */
export const SHORTCUTS: { keys: string; does: string }[] = [
  { keys: 'Ctrl J', does: 'Open or close the assistant' },
  { keys: 'Ctrl K', does: 'Go to the search field' },
  { keys: 'g o', does: 'Orders' },
  { keys: 'g p', does: 'Products' },
  { keys: 'g m', does: 'Materials' },
  { keys: 'g s', does: 'Settings' },
  { keys: 'Enter', does: 'Send the message' },
  { keys: 'Shift Enter', does: 'New line in the message' },
  { keys: '↑', does: 'Edit the last message, in the empty field' },
  { keys: 'F2', does: 'Rename the conversation in focus' },
  { keys: 'p', does: 'Pin the conversation in focus' },
  { keys: 'Delete', does: 'Delete the conversation in focus' },
  { keys: 'Esc', does: 'Close what is open, leave the search' },
  { keys: '?', does: 'This list' },
];

const WAYS = { o: 'orders', p: 'products', m: 'materials', s: 'settings' } as const;
const SECOND_KEY_MS = 900;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}

/** Listens for the console's shortcuts; Ctrl and Cmd are the same. */
export function useShortcuts(hasChat: boolean, onHelp: () => void): void {
  useEffect(() => {
    let wentAt = 0;
    const onKey = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        if (key === 'j' && hasChat) useUi.getState().toggleChat();
        else if (key === 'k') document.getElementById('search')?.focus();
        else return;
        return event.preventDefault();
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (key === '?') return onHelp();
      if (key === 'g') {
        wentAt = event.timeStamp;
      } else if (event.timeStamp - wentAt < SECOND_KEY_MS && Object.hasOwn(WAYS, key)) {
        wentAt = 0;
        navigate({ view: WAYS[key as keyof typeof WAYS] });
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [hasChat, onHelp]);
}
