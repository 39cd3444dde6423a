import type { LoginAnswer, Me } from '../shared/domain/index.ts';
import { ok, type Result } from '../shared/errors/index.ts';
import type { DeskConnection } from './desk-connection.ts';
import type { DeskConfig } from './desk-types.ts';
import { startEmbeddedPipeline, type EmbeddedPipeline } from './embedded-pipeline/index.ts';
import { createPipelineClient, type Lost, type PipelineClient } from './pipeline/index.ts';

/** Attaches to the embedded pipeline or starts it, and signs in as the sample's operator or as `--as` says. */
export async function connectEmbedded(config: DeskConfig): Promise<Result<DeskConnection>> {
  const embedded = await startEmbeddedPipeline(config.dataDir, config.launch);
  if (!embedded.ok) return embedded;
  const { url, secret, started } = embedded.value;
  config.log(`${started ? 'started' : 'found'} the embedded pipeline at ${url}, data in ${config.dataDir}`);
  const client = createPipelineClient(new URL(url));
  const signedIn = await signIn(client, config, secret);
  if (!signedIn.ok) {
    client.close();
    embedded.value.release();
    return signedIn;
  }
  const me = signedIn.value;
  config.log(`signed in as ${me.user.email} (${me.user.role}) of ${me.tenant.name}`);
  const release = keepAlive(client, config, { me, pipeline: embedded.value });
  return ok({ client, embedded: true, me, release });
}

/**
 * Gets the pipeline back after it died, and signs in again where the token no longer counts. Several requests that
 * fail at once wait for one attempt. Returns how to let go of it.
 */
function keepAlive(
  client: PipelineClient,
  config: DeskConfig,
  now: { me: Me; pipeline: EmbeddedPipeline },
): () => void {
  let trying: Promise<boolean> | undefined;
  let released = false;

  const recover = async (lost: Lost): Promise<boolean> => {
    const found = await startEmbeddedPipeline(config.dataDir, config.launch);
    if (!found.ok) {
      config.log(`the embedded pipeline is gone: ${found.failure.message}`);
      return false;
    }
    const { url, secret, started } = found.value;
    if (started) {
      config.log(`started the embedded pipeline again at ${url}`);
      now.pipeline = found.value;
    }
    client.moveTo(new URL(url));
    if (lost === 'pipeline_unreachable') return true;
    return config.token === undefined && (await client.auth.signInLocally(secret, now.me.user.email)).ok;
  };

  client.recoverWith((lost) => {
    if (released) return Promise.resolve(false);
    trying ??= recover(lost).finally(() => {
      trying = undefined;
    });
    return trying;
  });
  return () => {
    released = true;
    client.close();
    now.pipeline.release();
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
