export { problemIn } from './fits.ts';
export { breaksOnPurpose } from './recorder.ts';
export { FORMS, schemasMissing, type Form, type Root } from './schemas.ts';
export { beginRun, complaintOf, judgeDirectory } from './run.ts';
