export { createAttemptLimit, type AttemptLimit } from './attempts.ts';
export { createBearerCheck, type Bearer, type BearerCheck } from './bearer.ts';
export { dropCode, issueCode, setPassword } from './codes.ts';
export { checkNewPassword } from './new-password.ts';
export { changeOwnPassword, signOutEverywhere } from './own-account.ts';
export { hashPassword, hashToken, makeToken, sameSecret } from './secrets.ts';
export { describeMe, signIn, signInLocally, type UserRow } from './sign-in.ts';
export { tellAccount } from './tell.ts';
export { revokeToken, revokeTokensOf } from './tokens.ts';
