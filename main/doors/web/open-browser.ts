import { spawn } from 'node:child_process';

/** Shows an address in the user's browser. Where there is no desktop nothing happens: the address is printed anyway. */
export function openBrowser(address: string, log: (line: string) => void): void {
  const opener = openerOf(process.platform, process.env);
  if (!opener) return log('no desktop to open a browser on');
  const [command, ...args] = opener;
  const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true });
  child.on('error', (error) => log(`no browser was opened: ${error.message}`));
  child.unref();
}

type Opener = [command: string, ...args: string[]];

function openerOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Opener | undefined {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open'] : undefined;
}
