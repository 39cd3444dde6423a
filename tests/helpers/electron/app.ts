import { EventEmitter } from 'node:events';
import type { App } from 'electron';

type AppMethods = Pick<
  App,
  'enableSandbox' | 'exit' | 'quit' | 'requestSingleInstanceLock' | 'setPath' | 'whenReady'
> & {
  isPackaged: boolean;
  commandLine: Pick<App['commandLine'], 'appendSwitch'>;
};

/** `app`, recording what was asked of it and in which order; `becomeReady()` plays Electron's own start. */
export class AppStandIn extends EventEmitter implements AppMethods {
  isPackaged = false;
  /** False: another instance holds the lock. */
  lock = true;
  readonly calls: string[];
  readonly switches = new Map<string, string | undefined>();
  readonly paths = new Map<string, string>();
  readonly exitCodes: (number | undefined)[] = [];
  lockData: unknown;
  userModelId = '';
  quits = 0;
  readonly #ready = Promise.withResolvers<undefined>();
  readonly commandLine = {
    appendSwitch: (name: string, value?: string) => void this.switches.set(name, value),
  };

  constructor(calls: string[]) {
    super();
    this.calls = calls;
  }

  enableSandbox(): void {
    this.calls.push('app.enableSandbox');
  }
  requestSingleInstanceLock(data?: Record<string, unknown>): boolean {
    this.calls.push('app.requestSingleInstanceLock');
    this.lockData = data;
    return this.lock;
  }
  setAppUserModelId(id: string): void {
    this.userModelId = id;
  }
  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }
  async whenReady(): Promise<void> {
    await this.#ready.promise;
  }
  becomeReady(): void {
    this.calls.push('ready');
    this.#ready.resolve(undefined);
  }
  quit(): void {
    this.quits += 1;
  }
  exit(code?: number): void {
    this.exitCodes.push(code);
  }
}
