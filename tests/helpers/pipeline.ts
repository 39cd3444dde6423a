import { setTimeout as wait } from 'node:timers/promises';
import { attachEmbedded } from '../../pipeline/db/embedded/index.ts';
import type { Connection, Connections } from '../../pipeline/db/index.ts';
import { nameServerDatabase } from '../../pipeline/test-support/server-database.ts';
import type { LoginAnswer } from '../../shared/domain/index.ts';
import { readLocalSecret, signInLocally } from './local-sign-in.ts';
import { startProgram, type RunningProgram } from './process-group.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { withToken } from './with-token.ts';

export interface PipelineOptions {
  /** Flags beyond the port and the database; without them the sample is seeded. */
  readonly args?: readonly string[];
  readonly env?: Record<string, string | undefined>;
  /** A data directory that outlives the pipeline; without it a fresh one is made and removed by `stop`. */
  readonly data?: string;
  /** For a test about the data directory itself, which is never run on a server's database. */
  readonly embedded?: boolean;
}

/**
 * A real pipeline on loopback, with a database of its own: on the server that RENDERDESK_TEST_DATABASE_ADMIN_URL names,
 * or embedded, where there is none or where the test gives a data directory.
 */
export interface RunningPipeline {
  readonly origin: string;
  readonly data: string;
  readonly program: RunningProgram;
  /** One request of the REST API as the holder of this token. */
  request(token: string, path: string, init?: RequestInit): Promise<Response>;
  /** The ways into its database, the admin's among them. */
  connections(): Promise<Connections & { admin: Connection }>;
  /** A user of the sample, the first tenant's operator unless another is named. */
  signIn(email?: string): Promise<LoginAnswer>;
  /** What signs in without a password; null on a server, whose pipeline knows no local sign-in. */
  localSecret(): Promise<string | null>;
  /** Every sample user that the pipeline named as it seeded, signed in. */
  sampleUsers(): Promise<LoginAnswer[]>;
  stop(): Promise<void>;
}

interface Place {
  readonly data: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
  readonly onServer: boolean;
  connections(): Promise<Connections & { admin: Connection }>;
  remove(): Promise<void>;
}

/** Starts `npm run pipeline` on a free port and waits until it listens. */
export async function startPipeline(options: PipelineOptions = {}): Promise<RunningPipeline> {
  const place = await placeOf(options);
  const program = startProgram('pipeline/index.ts', {
    args: ['--port', '0', ...place.args, ...(options.args ?? ['--seed', 'sample'])],
    env: { ...place.env, ...options.env },
  });
  const match = await program
    .waitFor(/pipeline listening on (http:\/\/127\.0\.0\.1:\d+)/)
    .catch(async (error: unknown) => {
      await program.kill9Group();
      await place.remove();
      throw error;
    });
  const origin = match[1] ?? '';
  const signIn = async (email = 'operator@kugelwerk.example'): Promise<LoginAnswer> =>
    place.onServer ? await signInAsSample(origin, program, email) : await signInLocally(place.data, email);
  return {
    origin,
    data: place.data,
    program,
    connections: place.connections,
    request: (token, path, init = {}) => fetch(origin + path, { ...init, headers: withToken(init, token) }),
    signIn,
    localSecret: () => (place.onServer ? Promise.resolve(null) : readLocalSecret(place.data)),
    sampleUsers: async () => await Promise.all((await allEmails(program)).map(signIn)),
    stop: async () => {
      await program.stop();
      await place.remove();
    },
  };
}

async function placeOf({ data, embedded }: PipelineOptions): Promise<Place> {
  if (data !== undefined) {
    return { ...embeddedPlace(data), remove: () => Promise.resolve() };
  }
  const directory = await temporaryDirectory();
  const server = embedded === true ? null : nameServerDatabase();
  if (server === null) return { ...embeddedPlace(directory.path), remove: directory.remove };
  return {
    data: directory.path,
    args: ['--database-url', server.url, '--files', directory.path],
    env: server.env,
    onServer: true,
    connections: () => Promise.resolve(server.connections),
    remove: async () => {
      await server.drop();
      await directory.remove();
    },
  };
}

function embeddedPlace(data: string): Omit<Place, 'remove'> {
  return {
    data,
    args: ['--data', data],
    env: {},
    onServer: false,
    connections: async () => {
      const connections = await attachEmbedded(data);
      if (connections === null) throw new Error('the embedded PostgreSQL does not run');
      return connections;
    },
  };
}

/** A server's pipeline knows no local sign-in; the sample's password is printed as it is seeded. */
async function signInAsSample(origin: string, program: RunningProgram, email: string): Promise<LoginAnswer> {
  const [, password = ''] = await program.waitFor(/sample user \S+ password (\S+)/);
  const response = await fetch(`${origin}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as LoginAnswer;
}

/** The e-mails it prints after its address, once no more come. */
async function allEmails(program: RunningProgram): Promise<string[]> {
  await program.waitFor(/\S+@\S+/);
  for (let length = -1; length !== program.output().length;) {
    ({ length } = program.output());
    await wait(200);
  }
  return [...new Set(program.output().match(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g))];
}
