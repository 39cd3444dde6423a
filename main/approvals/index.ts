export { askedFor, waitingFor, wasEdited } from './asked-for.ts';
export { decide, type ApprovalRules, type Verdict } from './decide.ts';
export { expiryFrom, isExpired } from './expiry.ts';
export { shownOf } from './shown.ts';
