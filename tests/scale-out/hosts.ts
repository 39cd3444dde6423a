import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A place that a worker runs on: this host, or a network namespace that stands for another one. */
export interface Host {
  readonly name: string;
  /** Where PostgreSQL is reached from there. */
  readonly database: { readonly address: string; readonly port: number };
  /** Starts a program of ours there. */
  start(entry: string, args: readonly string[], env: Record<string, string>): ChildProcess;
}

function startHere(
  prefix: readonly string[],
  entry: string,
  args: readonly string[],
  env: Record<string, string>,
): ChildProcess {
  const [program = process.execPath, ...rest] = [...prefix, process.execPath, entry, ...args];
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  // A run that is itself cut off must not leave it behind.
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

/** This host, as often as asked: processes that share nothing but the database. */
export function sameHost(port: number, many: number): Host[] {
  return Array.from({ length: many }, (_, index) => ({
    name: `process-${index + 1}`,
    database: { address: '127.0.0.1', port },
    start: (entry, args, env) => startHere([], entry, args, env),
  }));
}

/** Of the range that is set aside for measuring networks (RFC 2544): no host of a real network has it. */
const NETWORK = '198.18.77.';

/** Why there can be no namespaces here, or null. */
export async function whyNoNamespaces(): Promise<string | null> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'network namespaces need root on Linux';
  const name = `rd-probe-${process.pid}`;
  try {
    const { stdout } = await run('ip', ['route', 'show', 'table', 'all']);
    if (stdout.includes(NETWORK)) return `this host has a route to ${NETWORK}0/24, which the namespaces would use`;
    await run('ip', ['netns', 'add', name]);
    await run('ip', ['netns', 'delete', name]);
    return null;
  } catch (error) {
    return `network namespaces cannot be made: ${error instanceof Error ? error.message.split('\n').at(-2) : ''}`;
  }
}

/**
 * Hosts with networks of their own, each joined to this one by a cable (a veth pair), which reach PostgreSQL over TCP and
 * nothing else. `remove` takes everything away again.
 */
export async function namespaces(port: number, many: number): Promise<{ hosts: Host[]; remove: () => Promise<void> }> {
  const tag = (process.pid % 100_000).toString(36);
  const made: { name: string; relay: Server }[] = [];
  const remove = async (): Promise<void> => {
    for (const { name, relay } of made.splice(0)) {
      relay.close();
      await run('ip', ['netns', 'delete', name]).catch(() => undefined);
    }
  };
  const hosts: Host[] = [];
  try {
    for (let index = 0; index < many; index += 1) {
      const name = `rd-${tag}-${index}`;
      const [here, there] = [`${NETWORK}${index * 4 + 1}`, `${NETWORK}${index * 4 + 2}`];
      await run('ip', ['netns', 'add', name]);
      const relay = createServer();
      made.push({ name, relay });
      await run('ip', ['link', 'add', name, 'type', 'veth', 'peer', 'name', 'rd0', 'netns', name]);
      await run('ip', ['addr', 'add', `${here}/30`, 'dev', name]);
      await run('ip', ['link', 'set', name, 'up']);
      await run('ip', ['-n', name, 'addr', 'add', `${there}/30`, 'dev', 'rd0']);
      await run('ip', ['-n', name, 'link', 'set', 'rd0', 'up']);
      await relayTo(relay, here, port);
      hosts.push({
        name,
        database: { address: here, port },
        start: (entry, args, env) => startHere(['ip', 'netns', 'exec', name], entry, args, env),
      });
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { hosts, remove };
}

/** The database listens on loopback only; this end of the cable passes on what comes to its port. */
async function relayTo(relay: Server, address: string, port: number): Promise<void> {
  relay.on('connection', (near) => {
    const far = connect(port, '127.0.0.1');
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  relay.listen(port, address);
  await once(relay, 'listening');
}
