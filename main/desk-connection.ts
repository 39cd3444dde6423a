import { ok, type Result } from '../shared/errors/index.ts';
import type { LoginAnswer, Me } from '../shared/domain/index.ts';
import { pipelineTokenAccount, type Credentials } from './credentials/index.ts';
import type { DeskConfig } from './desk-types.ts';
import { startEmbeddedPipeline, type EmbeddedPipeline } from './embedded-pipeline/index.ts';
import { checkAddress, createPipelineClient, type PipelineClient } from './pipeline/index.ts';

/** The pipeline a desk works on and who is signed in there. */
export interface DeskConnection {
  client: PipelineClient;
  embedded: EmbeddedPipeline | null;
  /** null: nobody is signed in. */
  me: Me | null;
}

/** Finds or starts the pipeline and signs in with what is at hand; a token that no longer counts means signed out. */
export async function connect(config: DeskConfig, credentials: Credentials): Promise<Result<DeskConnection>> {
  return config.pipelineUrl === undefined
    ? connectEmbedded(config)
    : connectTo(config.pipelineUrl, config, credentials);
}

async function connectEmbedded(config: DeskConfig): Promise<Result<DeskConnection>> {
  const embedded = await startEmbeddedPipeline(config.dataDir, config.launch);
  if (!embedded.ok) return embedded;
  const { url, secret, started } = embedded.value;
  config.log(`${started ? 'started' : 'found'} the embedded pipeline at ${url}, data in ${config.dataDir}`);
  const client = createPipelineClient(new URL(url));
  const signedIn = await signInEmbedded(client, config, secret);
  if (!signedIn.ok) {
    client.close();
    embedded.value.release();
    return signedIn;
  }
  const me = signedIn.value;
  config.log(`signed in as ${me.user.email} (${me.user.role}) of ${me.tenant.name}`);
  return ok({ client, embedded: embedded.value, me });
}

async function signInEmbedded(client: PipelineClient, config: DeskConfig, secret: string): Promise<Result<Me>> {
  if (config.token === undefined) return meOf(await client.auth.signInLocally(secret, config.as));
  client.setToken(config.token);
  return client.auth.me();
}

async function connectTo(url: string, config: DeskConfig, credentials: Credentials): Promise<Result<DeskConnection>> {
  const address = checkAddress(url, "The pipeline's address");
  if (!address.ok) return address;
  const client = createPipelineClient(address.value);
  config.log(`using the pipeline at ${address.value.origin}`);
  const token = config.token ?? (await credentials.get(pipelineTokenAccount(client.origin)));
  if (token === null) return ok({ client, embedded: null, me: null });
  client.setToken(token);
  const me = await client.auth.me();
  if (me.ok) return ok({ client, embedded: null, me: me.value });
  if (me.failure.code !== 'unauthorized') {
    client.close();
    return me;
  }
  client.setToken(null);
  return ok({ client, embedded: null, me: null });
}

function meOf(login: Result<LoginAnswer>): Result<Me> {
  return login.ok ? ok({ user: login.value.user, tenant: login.value.tenant }) : login;
}
