import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the platform keeps an application's data, with our name. */
export function defaultDataDir(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Renderdesk');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Renderdesk');
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'Renderdesk');
}
