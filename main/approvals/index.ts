export { decide, type ApprovalRules, type Verdict } from './decide.ts';
export { expiryFrom, isExpired } from './expiry.ts';
