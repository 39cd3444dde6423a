import { KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { DeskState } from '../../../shared/contract/index.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/fields.tsx';
import { Notice } from '../../components/notice.tsx';
import { failureOf } from '../../desk/client.ts';
import { useDeleteModelKey, useSetModelKey } from './mutations.ts';

/** Takes the model's key on its way to the keychain; what is there can be replaced or deleted, never seen. */
export function KeyForm({ state }: { state: DeskState }) {
  const [key, setKey] = useState('');
  const set = useSetModelKey();
  const remove = useDeleteModelKey();
  return (
    <form
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate(key, { onSuccess: () => setKey('') });
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <div className="min-w-48 flex-1">
          <TextField
            label="Your company’s Azure OpenAI key"
            type="password"
            autoComplete="off"
            placeholder="Enter a key to set or replace it"
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        </div>
        <Button
          type="submit"
          variant="primary"
          icon={<KeyRound aria-hidden />}
          busy={set.isPending}
          disabled={key.trim() === ''}
        >
          Save the key
        </Button>
        <Button variant="danger" icon={<Trash2 aria-hidden />} busy={remove.isPending} onClick={() => remove.mutate()}>
          Delete the key
        </Button>
      </div>
      {set.isError ? <Notice tone="bad">{failureOf(set.error).message}</Notice> : null}
      <p className="text-xs text-muted">
        {state.keychain.message ??
          'The key is stored in this machine’s keychain, for this company and endpoint only. It is never shown again.'}
      </p>
    </form>
  );
}
