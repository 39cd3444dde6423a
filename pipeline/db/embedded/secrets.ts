import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Secrets of one embedded cluster: the superuser's password and the one the weak roles' are derived from. */
export interface ClusterSecrets {
  adminPassword: string;
  roleSecret: string;
}

/** Reads the cluster's secrets, or makes them; they lie in a file only this user can read. */
export async function clusterSecrets(dataDir: string): Promise<ClusterSecrets> {
  const file = path.join(dataDir, 'postgres.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as ClusterSecrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const made = {
    adminPassword: randomBytes(24).toString('base64url'),
    roleSecret: randomBytes(32).toString('base64url'),
  };
  // Renamed into place: half of it, from a full disk or a crash, would lock the cluster for good.
  await writeFile(`${file}.new`, JSON.stringify(made), { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
  return made;
}
