import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { OPTIONAL_PARTS, type ModelTarget, type ModelTraits, type TraitsMemory } from '../agent/index.ts';

const entrySchema = z.object({
  model: z.string(),
  refuses: z.array(z.enum(OPTIONAL_PARTS)),
  needsLimit: z.boolean(),
  largestLimit: z.number().int().positive().nullable(),
  learned_at: z.iso.datetime(),
});
type Entry = z.infer<typeof entrySchema>;
const fileSchema = z.record(z.string(), entrySchema);
type Entries = z.infer<typeof fileSchema>;

/** After this long a model is asked for everything once more: it may have been updated. */
const KEEP_MS = 30 * 24 * 60 * 60 * 1000;
const MAX_TENANTS = 50;

/**
 * What was learned about the models of the tenants that sign in here, in `file` (`DATA/models.json`). One entry a tenant,
 * for exactly one endpoint and deployment: another one finds nothing and takes its place. Holds no key.
 */
export function createModelMemory(file: string, log: (line: string) => void, now: () => number = Date.now) {
  const read = (): Entries => {
    try {
      const parsed = fileSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
      return parsed.success ? parsed.data : {};
    } catch {
      // No file, or half of one: everything is learned again.
      return {};
    }
  };
  return {
    of: (tenantId: string, target: ModelTarget): TraitsMemory => {
      const model = nameOf(target);
      return {
        get: () => {
          const entries = read();
          const entry = Object.hasOwn(entries, tenantId) ? entries[tenantId] : undefined;
          const isCurrent = entry?.model === model && now() - Date.parse(entry.learned_at) < KEEP_MS;
          return isCurrent ? traitsOf(entry) : null;
        },
        set: (traits) => {
          const entry: Entry = {
            ...traits,
            model,
            refuses: [...traits.refuses],
            learned_at: new Date(now()).toISOString(),
          };
          const { [tenantId]: _before, ...others } = read();
          const kept = Object.entries(others).slice(-(MAX_TENANTS - 1));
          // What can't be kept is learned again by the next start: no reason to fail an answer.
          tryTo(() => writeWhole(file, Object.fromEntries([...kept, [tenantId, entry]])), log);
        },
      };
    },
  };
}

export type ModelMemory = ReturnType<typeof createModelMemory>;

function nameOf({ form, endpoint, deployment, apiVersion }: ModelTarget): string {
  return JSON.stringify([form, endpoint, deployment, apiVersion]);
}

function traitsOf({ refuses, needsLimit, largestLimit }: Entry): ModelTraits {
  return { refuses, needsLimit, largestLimit };
}

/** A reader never sees half a file. */
function writeWhole(file: string, entries: Entries): void {
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.${String(process.pid)}.new`;
  writeFileSync(fresh, `${JSON.stringify(entries, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}

function tryTo(write: () => void, log: (line: string) => void): void {
  try {
    write();
  } catch (error) {
    log(`what was learned about the model is not kept: ${error instanceof Error ? error.message : String(error)}`);
  }
}
