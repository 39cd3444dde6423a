export { createBearerCheck, type Bearer, type BearerCheck } from './bearer.ts';
export { hashPassword, sameSecret } from './secrets.ts';
export { describeMe, revokeToken, signIn, signInLocally } from './sign-in.ts';
