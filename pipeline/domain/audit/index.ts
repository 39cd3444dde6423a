export { auditCsv } from './csv.ts';
export { listAudit, mayReadAudit, type AuditFilter } from './list.ts';
export { recordAudit, type AuditNote } from './record.ts';
export { recordSignIn } from './sign-in.ts';
