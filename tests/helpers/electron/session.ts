import { EventEmitter } from 'node:events';
import type { CustomScheme, IpcMain, Protocol, Session } from 'electron';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type DeviceHandler = NonNullable<Parameters<Session['setDevicePermissionHandler']>[0]>;
type SessionMethods = Pick<
  Session,
  'setDevicePermissionHandler' | 'setPermissionCheckHandler' | 'setPermissionRequestHandler'
>;
type BeforeRequest = (details: { url: string }, callback: (response: { cancel?: boolean }) => void) => void;

/** A session that keeps its handlers, so that a test can ask them what Chromium would. */
export class SessionStandIn extends EventEmitter implements SessionMethods {
  permissionRequest: RequestHandler | null = null;
  permissionCheck: CheckHandler | null = null;
  devicePermission: DeviceHandler | null = null;
  beforeRequest: BeforeRequest | null = null;
  readonly calls: string[];
  readonly webRequest = { onBeforeRequest: (listener: BeforeRequest) => void (this.beforeRequest = listener) };

  constructor(calls: string[]) {
    super();
    this.calls = calls;
  }
  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.calls.push('session.setPermissionRequestHandler');
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: DeviceHandler | null): void {
    this.devicePermission = handler;
  }
  /** Would this request go out? */
  lets(url: string): boolean {
    let cancelled: boolean | undefined;
    this.beforeRequest?.({ url }, ({ cancel }) => (cancelled = cancel));
    return cancelled === false;
  }
}

/** The session the desk's own requests go through: Node's fetch, and no proxy. */
export class NetworkSessionStandIn implements Pick<Session, 'fetch' | 'resolveProxy'> {
  fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    return fetch(input, init);
  }
  resolveProxy(): Promise<string> {
    return Promise.resolve('DIRECT');
  }
}

type Serve = Parameters<Protocol['handle']>[1];

export class ProtocolStandIn implements Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'> {
  schemes: CustomScheme[] = [];
  readonly handlers = new Map<string, Serve>();
  readonly calls: string[];
  constructor(calls: string[]) {
    this.calls = calls;
  }
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    this.calls.push('protocol.registerSchemesAsPrivileged');
    this.schemes = schemes;
  }
  handle(scheme: string, handler: Serve): void {
    this.calls.push('protocol.handle');
    this.handlers.set(scheme, handler);
  }
}

type IpcHandler = Parameters<IpcMain['handle']>[1];

export class IpcMainStandIn implements Pick<IpcMain, 'handle'> {
  readonly handlers = new Map<string, IpcHandler>();
  readonly calls: string[];
  constructor(calls: string[] = []) {
    this.calls = calls;
  }
  handle(channel: string, handler: IpcHandler): void {
    this.calls.push('ipcMain.handle');
    this.handlers.set(channel, handler);
  }
}
