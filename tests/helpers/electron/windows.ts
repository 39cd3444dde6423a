import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Input, WebContents } from 'electron';

type ContentsMethods = Pick<
  WebContents,
  'id' | 'isLoading' | 'send' | 'setWebRTCIPHandlingPolicy' | 'setWindowOpenHandler'
>;

/** Web contents that record what was sent to them and which guards they were given. */
export class WebContentsStandIn extends EventEmitter implements ContentsMethods {
  readonly id: number;
  readonly sent: { channel: string; args: unknown[] }[] = [];
  loading = true;
  windowOpenHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | undefined;
  rtcPolicy: string | undefined;

  constructor(id: number) {
    super();
    this.id = id;
  }
  isLoading(): boolean {
    return this.loading;
  }
  finishLoad(): void {
    this.loading = false;
    this.emit('did-finish-load');
  }
  send(channel: string, ...args: unknown[]): void {
    this.sent.push({ channel, args });
  }
  setWindowOpenHandler(handler: Parameters<WebContents['setWindowOpenHandler']>[0]): void {
    this.windowOpenHandler = handler;
  }
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.rtcPolicy = policy;
  }
  /** A key as the window gets it before the page; true: the page never sees it. */
  pressKey(key: Input['key']): boolean {
    const event = preventable();
    this.emit('before-input-event', event, { type: 'keyDown', key });
    return event.prevented;
  }
}

/** An event whose `preventDefault` is recorded. */
export function preventable<T extends object>(fields?: T): T & { prevented: boolean; preventDefault(): void } {
  const event = { prevented: false, preventDefault: () => void (event.prevented = true) };
  return Object.assign(event, fields);
}

type WindowMethods = Pick<
  BrowserWindow,
  | 'center'
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getNormalBounds'
  | 'hide'
  | 'isDestroyed'
  | 'isFocused'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'show'
>;

/** A window without a screen: it keeps its state and emits what Electron emits. */
export class WindowStandIn extends EventEmitter implements WindowMethods {
  static readonly made: WindowStandIn[] = [];
  static calls: string[] = [];
  static onContents: (contents: WebContentsStandIn) => void = () => undefined;

  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: WebContentsStandIn;
  url = '';
  #visible = false;
  #focused = false;
  #minimized = false;
  #maximized = false;
  #destroyed = false;
  bounds: { x: number; y: number; width: number; height: number };

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    WindowStandIn.made.push(this);
    this.webContents = new WebContentsStandIn(WindowStandIn.made.length);
    WindowStandIn.calls.push('new BrowserWindow');
    WindowStandIn.onContents(this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.url = url;
  }
  show(): void {
    this.#visible = true;
  }
  hide(): void {
    this.#visible = false;
    this.#focused = false;
  }
  focus(): void {
    this.#focused = true;
  }
  blur(): void {
    this.#focused = false;
    this.emit('blur');
  }
  center(): void {
    this.bounds = { ...this.bounds, x: 0, y: 0 };
  }
  maximize(): void {
    this.#maximized = true;
  }
  minimize(): void {
    this.#minimized = true;
  }
  restore(): void {
    this.#minimized = false;
  }
  close(): void {
    this.emit('close', preventable());
    this.destroy();
  }
  destroy(): void {
    this.#destroyed = true;
    this.#visible = false;
    this.#focused = false;
    this.emit('closed');
  }
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    return this.bounds;
  }
  isVisible = (): boolean => this.#visible;
  isFocused = (): boolean => this.#focused;
  isMinimized = (): boolean => this.#minimized;
  isMaximized = (): boolean => this.#maximized;
  isDestroyed = (): boolean => this.#destroyed;
}
