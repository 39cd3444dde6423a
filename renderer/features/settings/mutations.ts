import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TenantConfig } from '../../../shared/domain/index.ts';
import { call } from '../../desk/client.ts';
import { takeDeskState } from '../../desk/take-state.ts';
import { deskKeys } from '../../desk/queries.ts';
import { toast } from '../../components/toasts.tsx';
import { settingsKeys } from './queries.ts';

/** Changes the tenant's configuration. */
export function useChangeConfig() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Partial<TenantConfig>) => call('settings.put', change),
    onSuccess: (config) => {
      client.setQueryData(settingsKeys.config, config);
      toast('good', 'The settings are saved');
      void client.invalidateQueries({ queryKey: settingsKeys.usage });
      return client.invalidateQueries({ queryKey: deskKeys.state });
    },
  });
}

/** Puts the model's key into this machine's keychain; it is never read back. */
export function useSetModelKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) => call('credentials.set_model_key', { key }),
    onSuccess: (state) => {
      takeDeskState(client, state);
      toast('good', state.keychain.available ? 'The key is in the keychain' : 'The key is kept for this run');
    },
  });
}

export function useDeleteModelKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('credentials.delete_model_key', {}),
    onSuccess: (state) => {
      takeDeskState(client, state);
      toast('good', 'The key is deleted');
    },
    onError: (error) => toast('bad', error.message),
  });
}

/** Asks the model one small question. */
export function useTestModel() {
  return useMutation({ mutationFn: () => call('model.test', {}) });
}

/** Takes over a pasted set-up code. */
export function useSetUp() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => call('model.set_up', { code }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: settingsKeys.config });
      await client.invalidateQueries({ queryKey: deskKeys.state });
    },
  });
}

/** Puts the company's set-up code, without a key, on the clipboard. */
export function useCopySetupCode() {
  return useMutation({
    mutationFn: async () => {
      const { code } = await call('model.setup_code', {});
      await navigator.clipboard.writeText(code);
    },
    onSuccess: () => toast('good', 'The set-up code is on the clipboard'),
    onError: (error) => toast('bad', error.message),
  });
}
