import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../desk/client.ts';
import { takeDeskState } from '../../desk/take-state.ts';
import { toast } from '../../components/toasts.tsx';

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (login: { email: string; password: string }) => call('auth.sign_in', login),
    onSuccess: (state) => takeDeskState(client, state),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (options: { forget_model_key?: boolean }) => call('auth.sign_out', options),
    onSuccess: (state) => takeDeskState(client, state),
    onError: (error) => toast('bad', error.message),
  });
}
