import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** How a Blender process ended. */
export interface BlenderEnd {
  /** null where a signal ended it. */
  readonly code: number | null;
  /** The last lines it wrote to stderr. */
  readonly complaints: readonly string[];
}

interface BlenderRun {
  readonly file: string;
  readonly script: string;
  readonly scene: string;
  readonly picture: string;
  /** Its home and place for scratch files: empty, and thrown away afterwards. */
  readonly home: string;
  readonly signal: AbortSignal | undefined;
  readonly onSample: (done: number, of: number) => void;
}

const KEPT_COMPLAINTS = 20;

/**
 * Runs Blender once, in a process group of its own, which the signal kills whole. It sees no configuration of a user and
 * nothing of our environment but the path, so no secret of the worker's.
 */
export async function runBlender(run: BlenderRun): Promise<BlenderEnd> {
  const { file, script, scene, picture, home, signal, onSample } = run;
  const args = ['--background', '--factory-startup', '-noaudio', '--python-exit-code', '3', '--python', script];
  const child = spawn(file, [...args, '--', scene, picture, String(process.pid)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    cwd: home,
    env: { PATH: process.env['PATH'], HOME: home, TMPDIR: home, LANG: 'C.UTF-8' },
  });
  const kill = (): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) killGroup(child.pid);
  };
  signal?.addEventListener('abort', kill, { once: true });
  if (signal?.aborted) kill();
  const complaints: string[] = [];
  eachLine(child.stderr, (line) => {
    complaints.push(line);
    if (complaints.length > KEPT_COMPLAINTS) complaints.shift();
  });
  eachLine(child.stdout, (line) => {
    const found = /\bSample (\d+)\/(\d+)/.exec(line);
    if (found) onSample(Number(found[1]), Number(found[2]));
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    return { code, complaints };
  } finally {
    signal?.removeEventListener('abort', kill);
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself in this moment.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function eachLine(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream }).on('line', onLine);
}
