import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded into a pipeline process before it starts (`node --import`): answers on the IPC channel how long its event loop
 * was blocked at most since the last question, and how much memory it has.
 */
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
let mostBytes = 0;
setInterval(() => {
  mostBytes = Math.max(mostBytes, process.memoryUsage.rss());
}, 50).unref();
process.on('message', () => {
  process.send?.({ blockedMs: delay.max / 1e6, mostMegabytes: Math.max(mostBytes, process.memoryUsage.rss()) / 1e6 });
  delay.reset();
  mostBytes = 0;
});
process.channel?.unref();
