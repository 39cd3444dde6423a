export { createBearerCheck, type Bearer, type BearerCheck } from './bearer.ts';
export { checkNewPassword } from './new-password.ts';
export { hashPassword, sameSecret } from './secrets.ts';
export { describeMe, revokeToken, signIn, signInLocally } from './sign-in.ts';
