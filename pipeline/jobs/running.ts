/** What this worker renders at this moment, so that a cancellation finds it. */
export interface RunningRenders {
  /** Registers a render; the signal is aborted when its order is cancelled. Call `end` when it is over. */
  start(orderId: string): { cancelled: AbortSignal; cancel: () => void; end: () => void };
  cancelOrder(orderId: string): void;
  /** How many there are. */
  readonly size: number;
}

/** An empty registry. */
export function createRunningRenders(): RunningRenders {
  const running = new Map<AbortController, string>();
  return {
    start: (orderId) => {
      const controller = new AbortController();
      running.set(controller, orderId);
      return {
        cancelled: controller.signal,
        cancel: () => {
          controller.abort();
        },
        end: () => running.delete(controller),
      };
    },
    cancelOrder: (orderId) => {
      for (const [controller, id] of running) if (id === orderId) controller.abort();
    },
    get size() {
      return running.size;
    },
  };
}
