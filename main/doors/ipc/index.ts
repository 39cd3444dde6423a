export { APP_ORIGIN, APP_SCHEME, isAppUrl } from './app-origin.ts';
export { type OpenExternal } from './answer.ts';
export { openIpcDoor, type IpcDoor } from './open-ipc-door.ts';
export { pushToWindows, type PushTarget } from './push.ts';
