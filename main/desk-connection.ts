import type { Me } from '../shared/domain/index.ts';
import { ok, type Result } from '../shared/errors/index.ts';
import { pipelineTokenAccount, type Credentials } from './credentials/index.ts';
import { connectEmbedded } from './desk-embedded.ts';
import type { DeskConfig } from './desk-types.ts';
import type { Network } from './network/index.ts';
import { checkAddress, createPipelineClient, type PipelineClient } from './pipeline/index.ts';

/** The pipeline a desk works on and who is signed in there. */
export interface DeskConnection {
  client: PipelineClient;
  /** Is it our own, with the sample catalogue? */
  embedded: boolean;
  /** null: nobody is signed in. */
  me: Me | null;
  /** The desk is about to end: a pipeline that goes away now is not brought back. */
  close(): void;
  /** Lets go of the pipeline. */
  release(): void;
}

/** Finds or starts the pipeline and signs in with what is at hand; a token that no longer counts means signed out. */
export async function connect(
  config: DeskConfig,
  credentials: Credentials,
  network: Network,
): Promise<Result<DeskConnection>> {
  return config.pipelineUrl === undefined
    ? connectEmbedded(config, network)
    : connectTo(config.pipelineUrl, config, { credentials, network });
}

async function connectTo(
  url: string,
  config: DeskConfig,
  { credentials, network }: { credentials: Credentials; network: Network },
): Promise<Result<DeskConnection>> {
  const address = checkAddress(url, "The pipeline's address");
  if (!address.ok) return address;
  const client = createPipelineClient(address.value, network);
  config.log(`using the pipeline at ${address.value.origin}`);
  const connection = { client, embedded: false, close: () => undefined, release: () => undefined };
  const token = config.token ?? (await credentials.get(pipelineTokenAccount(client.origin)));
  if (token === null) return ok({ ...connection, me: null });
  client.setToken(token);
  const me = await client.auth.me();
  if (me.ok) return ok({ ...connection, me: me.value });
  if (me.failure.code !== 'unauthorized') return me;
  client.setToken(null);
  return ok({ ...connection, me: null });
}
