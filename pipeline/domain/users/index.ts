export { planUserChange } from './change.ts';
export { inviteUser, planInvitation } from './invite.ts';
export { getUser, listUsers } from './list.ts';
export { readOwnPolicy, writeOwnPolicy } from './own-policy.ts';
export { planPasswordReset, planSignOut } from './sign-ins.ts';
