export { problemIn } from './fits.ts';
export { breaksOnPurpose, record } from './recorder.ts';
export { SCRIPTED } from './records.ts';
export { FORMS, schemasMissing, type Form, type Root } from './schemas.ts';
export { beginRun, complaintOf, judgeDirectory } from './run.ts';
