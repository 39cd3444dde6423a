import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Theme = 'light' | 'dark' | 'system';
/** Narrowest and widest docked chat, pixels; 384 is Tailwind's w-96. */
export const CHAT_WIDTH = { min: 320, default: 384, max: 720 } as const;

interface UiState {
  theme: Theme;
  chatOpen: boolean;
  chatWidth: number;
  /** What the header's search field filters, per list. */
  search: { orders: string; products: string; materials: string };
  setTheme(theme: Theme): void;
  setChatOpen(open: boolean): void;
  toggleChat(): void;
  setChatWidth(width: number): void;
  setSearch(list: keyof UiState['search'], text: string): void;
}

/** Where a person left the window; theme and chat width outlive it. */
export const useUi = create<UiState>()(
  persist(
    (set) => ({
      theme: 'system',
      chatOpen: false,
      chatWidth: CHAT_WIDTH.default,
      search: { orders: '', products: '', materials: '' },
      setTheme: (theme) => set({ theme }),
      setChatOpen: (chatOpen) => set({ chatOpen }),
      toggleChat: () => set((state) => ({ chatOpen: !state.chatOpen })),
      setChatWidth: (width) => set({ chatWidth: Math.min(CHAT_WIDTH.max, Math.max(CHAT_WIDTH.min, width)) }),
      setSearch: (list, text) => set((state) => ({ search: { ...state.search, [list]: text } })),
    }),
    {
      name: 'renderdesk.ui',
      partialize: ({ theme, chatOpen, chatWidth }) => ({ theme, chatOpen, chatWidth }),
    },
  ),
);
