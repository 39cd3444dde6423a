export { openBackup, type CheckedArchive } from './archive-reader.ts';
export { restoreBackup, type ImageTarget } from './restore-backup.ts';
export { megabytes, takeBackup } from './take-backup.ts';
