import { EventEmitter } from 'node:events';
import type {
  Dialog,
  GlobalShortcut,
  Menu,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  NativeTheme,
  Notification,
  NotificationConstructorOptions,
  Rectangle,
  Shell,
  Tray,
} from 'electron';

/** Dialogs that answer what `answer` says and keep what they showed. */
export class DialogStandIn implements Pick<Dialog, 'showErrorBox'> {
  answer: number | Promise<number> = 0;
  readonly asked: MessageBoxOptions[] = [];
  readonly errors: { title: string; content: string }[] = [];
  async showMessageBox(options: MessageBoxOptions): Promise<{ response: number; checkboxChecked: boolean }> {
    this.asked.push(options);
    return { response: await this.answer, checkboxChecked: false };
  }
  showErrorBox(title: string, content: string): void {
    this.errors.push({ title, content });
  }
}

/** `shell`, which opens nothing and records what it was to open. */
export class ShellStandIn implements Pick<Shell, 'openExternal'> {
  readonly opened: string[] = [];
  broken = false;
  async openExternal(url: string): Promise<void> {
    if (this.broken) throw new Error('no handler');
    this.opened.push(url);
  }
}

/** Global shortcuts; `taken` belong to other programs. */
export class GlobalShortcutStandIn implements Pick<GlobalShortcut, 'register'> {
  readonly taken = new Set<string>();
  readonly registered = new Map<string, () => void>();
  register(accelerator: string, callback: () => void): boolean {
    if (accelerator === '') throw new TypeError('not an accelerator');
    if (this.taken.has(accelerator)) return false;
    this.registered.set(accelerator, callback);
    return true;
  }
}

/** A built menu is the template it was built from. */
export class MenuStandIn {
  readonly template: MenuItemConstructorOptions[];
  static application: MenuStandIn | null = null;
  constructor(template: MenuItemConstructorOptions[]) {
    this.template = template;
  }
  static buildFromTemplate(template: MenuItemConstructorOptions[]): MenuStandIn {
    return new MenuStandIn(template);
  }
  static setApplicationMenu(menu: MenuStandIn | null): void {
    MenuStandIn.application = menu;
  }
  labels(): (string | undefined)[] {
    return this.template.map((item) => item.label);
  }
}

type TrayMethods = Pick<Tray, 'setToolTip'>;

export class TrayStandIn extends EventEmitter implements TrayMethods {
  static readonly made: TrayStandIn[] = [];
  /** A desktop without a tray. */
  static missing = false;
  menu: MenuStandIn | null = null;
  toolTip = '';
  constructor() {
    super();
    if (TrayStandIn.missing) throw new Error('no tray');
    TrayStandIn.made.push(this);
  }
  setToolTip(text: string): void {
    this.toolTip = text;
  }
  setContextMenu(menu: MenuStandIn | null): void {
    this.menu = menu;
  }
}

type NotificationMethods = Pick<Notification, 'close' | 'show'>;

export class NotificationStandIn extends EventEmitter implements NotificationMethods {
  static readonly made: NotificationStandIn[] = [];
  static supported = true;
  static isSupported = (): boolean => NotificationStandIn.supported;
  readonly options: NotificationConstructorOptions;
  shown = false;
  constructor(options: NotificationConstructorOptions = {}) {
    super();
    this.options = options;
    NotificationStandIn.made.push(this);
  }
  show(): void {
    this.shown = true;
  }
  close(): void {
    this.shown = false;
    this.emit('close', {});
  }
}

export class ScreenStandIn {
  workAreas: Rectangle[] = [{ x: 0, y: 0, width: 1920, height: 1080 }];
  getAllDisplays(): { workArea: Rectangle }[] {
    return this.workAreas.map((workArea) => ({ workArea }));
  }
}

export const nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors'> = { shouldUseDarkColors: false };
export const nativeImage = { createFromPath: (path: string) => ({ path }) };
export type MenuStatics = Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>;
