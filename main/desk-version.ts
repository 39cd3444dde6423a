import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const manifestSchema = z.object({ name: z.literal('renderdesk'), version: z.string() });

/** The version of package.json, which lies above the sources and above the built files alike. */
export function deskVersion(directory: string = import.meta.dirname): string {
  for (const up of ['..', '../..', '../../..']) {
    const version = versionIn(join(directory, up, 'package.json'));
    if (version !== undefined) return version;
  }
  throw new Error('package.json of Renderdesk was not found above the desk.');
}

function versionIn(file: string): string | undefined {
  try {
    return manifestSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data?.version;
  } catch {
    return undefined;
  }
}
