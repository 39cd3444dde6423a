import { create } from 'zustand';

interface DeskLock {
  locked: boolean;
  lock(): void;
}

/** Whether the door keeps this window out: its cookie is missing or from an earlier run of the desk. */
export const useDeskLock = create<DeskLock>()((set) => ({
  locked: false,
  lock: () => set({ locked: true }),
}));
