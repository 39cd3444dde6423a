export { listGrants, makeGrant, revokeGrant } from './grants.ts';
export { listMessages, writeMessage } from './messages.ts';
export { changeSession, deleteSession, listSessions, readSession } from './sessions.ts';
export { holdRunningCall, listCalls, writeCall } from './tool-calls.ts';
export { readChatUsage, reserve, settle, usageByMonth, usageBySession } from './usage.ts';
