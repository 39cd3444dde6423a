import { create } from 'zustand';

interface LiveProgress {
  /** Progress of running lines, 0 to 1, by order and line. Lossy: a line may be missing. */
  byOrder: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Where running renders are. Apart from the query caches, for ticks come far more often than state changes. */
export const useLiveProgress = create<LiveProgress>()(() => ({ byOrder: {} }));

/** Takes in ticks (a number) and ends (null) of lines. */
export function updateProgress(changes: readonly { orderId: string; lineId: string; progress: number | null }[]): void {
  if (changes.length === 0) return;
  const byOrder = { ...useLiveProgress.getState().byOrder };
  for (const { orderId, lineId, progress } of changes) {
    const { [lineId]: _before, ...others } = byOrder[orderId] ?? {};
    byOrder[orderId] = progress === null ? others : { ...others, [lineId]: progress };
  }
  useLiveProgress.setState({ byOrder });
}

/** Progress of one running line, where a tick came. */
export function useLineProgress(orderId: string, lineId: string): number | undefined {
  return useLiveProgress((state) => state.byOrder[orderId]?.[lineId]);
}

/** Sum of the progress of an order's running lines, in lines. */
export function useRunningShare(orderId: string): number {
  return useLiveProgress((state) =>
    Object.values(state.byOrder[orderId] ?? {}).reduce((sum, progress) => sum + progress, 0),
  );
}
