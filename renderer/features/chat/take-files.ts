import { PRODUCT_LIST_MAX_BYTES } from '../../../shared/contract/index.ts';
import { failure } from '../../../shared/errors/index.ts';
import { formatBytes } from '../../components/format.ts';
import { setAttachment } from './chat-store.ts';
import { attachProductList } from './mutations.ts';

/** What the file dialog offers. */
export const PRODUCT_LIST_TYPES = '.csv,.tsv,.txt,.xlsx';

/** Takes in the first of the given files; says why where it can't be one. */
export function takeFiles(slot: string, files: FileList | null): void {
  const file = files?.[0];
  if (file === undefined) return;
  const refuse = (message: string) =>
    setAttachment(slot, { state: 'failed', name: file.name, failure: failure('file_unreadable', message) });
  if (!/\.(csv|tsv|txt|xlsx)$/i.test(file.name)) return refuse('Only CSV and XLSX files can be read as product lists.');
  if (file.size > PRODUCT_LIST_MAX_BYTES) {
    return refuse(`The file is larger than ${formatBytes(PRODUCT_LIST_MAX_BYTES)}. Split it into smaller lists.`);
  }
  void attachProductList(slot, file);
}
