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
