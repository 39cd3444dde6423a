import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DEFAULT_QUICK_SHORTCUT } from './quick-shortcut.ts';

const settingsSchema = z
  .object({
    /** An Electron accelerator; null: no global shortcut. */
    quick_shortcut: z.string().min(1).max(100).nullable().default(DEFAULT_QUICK_SHORTCUT),
  })
  .strict();
/** What a person may set of the shell on this machine, in `DATA/shell.json`. */
export type ShellSettings = z.infer<typeof settingsSchema>;

/** The settings of this machine; without the file the defaults, with an unreadable one the defaults and a line in the log. */
export function readShellSettings(file: string, log: (line: string) => void): ShellSettings {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // No file: nothing was ever set.
    return settingsSchema.parse({});
  }
  try {
    return settingsSchema.parse(JSON.parse(text));
  } catch (error) {
    log(`${file} is not valid, the defaults are used: ${error instanceof Error ? error.message : String(error)}`);
    return settingsSchema.parse({});
  }
}
