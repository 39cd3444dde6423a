export { askedFor, waitingFor, wasEdited } from './asked-for.ts';
export { decide, mayBeGranted, type ApprovalRules, type Verdict } from './decide.ts';
export { expiryFrom, isExpired } from './expiry.ts';
export { coveringGrant, grantKind } from './grants.ts';
export { shownOf } from './shown.ts';
