import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { ForkOptions } from 'electron';

const PARENT_PORT = new URL('./parent-port.ts', import.meta.url).href;

/** A utility process that really runs: a Node child whose `process.parentPort` goes over Node's own channel. */
export class UtilityProcessStandIn extends EventEmitter {
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    this.stdout = child.stdout;
    this.stderr = child.stderr;
    child.once('spawn', () => this.emit('spawn'));
    child.once('exit', (code) => this.emit('exit', code ?? 1));
  }
  get pid(): number | undefined {
    return this.#child.pid;
  }
  postMessage(message: string): void {
    if (this.#child.connected) this.#child.send(message);
  }
  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}

export const utilityProcess = {
  fork(modulePath: string, args: string[] = [], options: ForkOptions = {}): UtilityProcessStandIn {
    const child = fork(modulePath, args, {
      execArgv: ['--import', PARENT_PORT],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...options.env },
    });
    return new UtilityProcessStandIn(child);
  },
};
