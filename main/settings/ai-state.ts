import type { AiState } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/errors/index.ts';
import type { ModelTarget } from '../agent/index.ts';

/** Whether a sentence can be sent, and if not, why in a person's words. Holds nothing of the key. */
export function aiState(model: Result<ModelTarget>): AiState {
  if (model.ok) return { state: 'ready', label: model.value.label, offline: model.value.offline };
  const { code, message } = model.failure;
  if (code === 'ai_disabled') return { state: 'disabled', message };
  const isKeyMissing = code === 'ai_key_missing' || code === 'keychain_locked';
  return { state: isKeyMissing ? 'key_missing' : 'not_configured', message };
}
