import { setTimeout as sleep } from 'node:timers/promises';
import type { LoginAnswer, Me } from '../shared/domain/index.ts';
import { ok, type Result } from '../shared/errors/index.ts';
import type { DeskConnection } from './desk-connection.ts';
import type { DeskConfig } from './desk-types.ts';
import { startEmbeddedPipeline, type EmbeddedPipeline } from './embedded-pipeline/index.ts';
import type { Network } from './network/index.ts';
import { createPipelineClient, type Lost, type PipelineClient } from './pipeline/index.ts';

/** A pipeline that is found while it ends is looked for again, so often and after so long. */
const TRIES = 3;
const REST_MS = 300;

/** Attaches to the embedded pipeline or starts it, and signs in as the sample's operator or as `--as` says. */
export async function connectEmbedded(config: DeskConfig, network: Network): Promise<Result<DeskConnection>> {
  for (let tries = 1; ; tries += 1) {
    const embedded = await startEmbeddedPipeline(config.dataDir, config.launch);
    if (!embedded.ok) return embedded;
    const { url, secret, started, release } = embedded.value;
    config.log(`${started ? 'started' : 'found'} the embedded pipeline at ${url}, data in ${config.dataDir}`);
    const client = createPipelineClient(new URL(url), network);
    const signedIn = await signIn(client, config, secret);
    if (signedIn.ok) return ok(connectionOf(client, signedIn.value, config, embedded.value));
    release();
    if (started || tries === TRIES || signedIn.failure.code !== 'pipeline_unreachable') return signedIn;
    config.log('it ended meanwhile');
    await sleep(REST_MS);
  }
}

function connectionOf(client: PipelineClient, me: Me, config: DeskConfig, embedded: EmbeddedPipeline): DeskConnection {
  config.log(`signed in as ${me.user.email} (${me.user.role}) of ${me.tenant.name}`);
  const signedIn: SignedIn = { client, me };
  // One object: whoever signs in later is who it is kept alive for.
  return Object.assign(signedIn, { embedded: true }, keepAlive(signedIn, config, embedded));
}

type SignedIn = Pick<DeskConnection, 'client' | 'me'>;

/**
 * Gets the pipeline back after it died, and signs in again where the token no longer counts. Several requests that
 * fail at once wait for one attempt. Returns how to let go of it.
 */
function keepAlive(
  connection: SignedIn,
  config: DeskConfig,
  first: EmbeddedPipeline,
): Pick<DeskConnection, 'close' | 'release'> {
  const { client } = connection;
  let pipeline = first;
  let trying: Promise<boolean> | undefined;
  let closed = false;

  const recover = async (lost: Lost): Promise<boolean> => {
    const found = await startEmbeddedPipeline(config.dataDir, config.launch);
    if (!found.ok) {
      config.log(`the embedded pipeline is gone: ${found.failure.message}`);
      return false;
    }
    const { url, secret, started } = found.value;
    if (started) {
      config.log(`started the embedded pipeline again at ${url}`);
      pipeline = found.value;
    }
    client.moveTo(new URL(url));
    if (lost === 'pipeline_unreachable') return true;
    // Only ever as whoever is signed in now.
    const email = connection.me?.user.email;
    return email !== undefined && config.token === undefined && (await client.auth.signInLocally(secret, email)).ok;
  };

  client.recoverWith((lost) => {
    if (closed) return Promise.resolve(false);
    trying ??= recover(lost).finally(() => {
      trying = undefined;
    });
    return trying;
  });
  return {
    close: () => {
      closed = true;
    },
    release: () => pipeline.release(),
  };
}

async function signIn(client: PipelineClient, config: DeskConfig, secret: string): Promise<Result<Me>> {
  if (config.token === undefined) return meOf(await client.auth.signInLocally(secret, config.as));
  client.setToken(config.token);
  return client.auth.me();
}

function meOf(login: Result<LoginAnswer>): Result<Me> {
  return login.ok ? ok({ user: login.value.user, tenant: login.value.tenant }) : login;
}
