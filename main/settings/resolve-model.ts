import type { TenantConfig } from '../../shared/domain/index.ts';
import { ERROR_CODES, fail, ok, type Result } from '../../shared/errors/index.ts';
import type { ModelTarget } from '../agent/index.ts';
import { modelKeyAccount, type Credentials } from '../credentials/index.ts';
import { checkAddress } from '../pipeline/index.ts';

export interface ModelQuestion {
  /** `--model`. */
  choice: 'auto' | 'azure' | 'offline' | 'none';
  env: Readonly<Record<string, string | undefined>>;
  tenantId: string;
  config: Pick<TenantConfig, 'ai_enabled' | 'model'>;
  credentials: Pick<Credentials, 'get' | 'state'>;
  /** Is the pipeline our own, with the sample catalogue? Only there does the offline model step in by itself. */
  onSample: boolean;
  /** Starts the offline model, where it is the one. */
  offline: () => Promise<Result<ModelTarget>>;
}

/**
 * The model to ask, or why there is none. Endpoint and key come from one source: the environment, or the tenant's
 * settings with this tenant's and endpoint's key of the keychain; never one half from here and one from there.
 */
export async function resolveModel(question: ModelQuestion): Promise<Result<ModelTarget>> {
  const { choice, env, config } = question;
  if (!config.ai_enabled) return fail('ai_disabled');
  if (choice === 'none') return fail('ai_not_configured');
  if (choice === 'offline') return question.offline();
  if (env['AZURE_OPENAI_ENDPOINT']) return fromEnvironment(env, env['AZURE_OPENAI_ENDPOINT']);
  if (config.model) return fromSettings(question, config.model);
  return choice === 'auto' && question.onSample ? question.offline() : fail('ai_not_configured');
}

function fromEnvironment(env: ModelQuestion['env'], endpoint: string): Result<ModelTarget> {
  const { AZURE_OPENAI_API_KEY: key, AZURE_OPENAI_DEPLOYMENT: deployment, OPENAI_API_VERSION: apiVersion } = env;
  if (!deployment) return fail('ai_not_configured', half('ai_not_configured', 'AZURE_OPENAI_DEPLOYMENT'));
  if (!key) return fail('ai_key_missing', half('ai_key_missing', 'AZURE_OPENAI_API_KEY'));
  return targetOf({ endpoint, deployment, api_version: apiVersion || null }, key);
}

/** The usual sentence, and what is missing for somebody who set the environment. */
function half(code: 'ai_not_configured' | 'ai_key_missing', missing: string): string {
  return `${ERROR_CODES[code].message} (AZURE_OPENAI_ENDPOINT is set, ${missing} is not)`;
}

async function fromSettings(
  { tenantId, credentials }: ModelQuestion,
  model: NonNullable<TenantConfig['model']>,
): Promise<Result<ModelTarget>> {
  const address = checkAddress(model.endpoint, "The model's endpoint");
  if (!address.ok) return address;
  const key = await credentials.get(modelKeyAccount(tenantId, model.endpoint));
  if (key !== null) return targetOf(model, key);
  const { locked } = await credentials.state();
  return fail(locked ? 'keychain_locked' : 'ai_key_missing');
}

function targetOf(model: NonNullable<TenantConfig['model']>, key: string): Result<ModelTarget> {
  const address = checkAddress(model.endpoint, "The model's endpoint");
  if (!address.ok) return address;
  const { endpoint, deployment, api_version: apiVersion } = model;
  const label = `${deployment} at ${address.value.host}`;
  return ok({ form: apiVersion ? 'dated' : 'v1', endpoint, deployment, apiVersion, key, label, offline: false });
}
