import { ClipboardCopy, ClipboardPaste } from 'lucide-react';
import { useState } from 'react';
import type { SetUpAnswer } from '../../../shared/contract/index.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/fields.tsx';
import { Notice } from '../../components/notice.tsx';
import { failureOf } from '../../desk/client.ts';
import { useCopySetupCode, useSetUp } from './mutations.ts';

/** Takes a set-up code that an admin handed out; gives an admin the company's own, without the key. */
export function SetupCode({ isAdmin, hasModel }: { isAdmin: boolean; hasModel: boolean }) {
  const [code, setCode] = useState('');
  const setUp = useSetUp();
  const copy = useCopySetupCode();
  return (
    <form
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        setUp.mutate(code, { onSuccess: () => setCode('') });
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <div className="min-w-48 flex-1">
          <TextField
            label="Set-up code"
            type="password"
            autoComplete="off"
            placeholder="Paste the code from your admin (rd1.…)"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </div>
        <Button
          type="submit"
          icon={<ClipboardPaste aria-hidden />}
          busy={setUp.isPending}
          disabled={code.trim() === ''}
        >
          Use the code
        </Button>
        {isAdmin && hasModel ? (
          <Button icon={<ClipboardCopy aria-hidden />} busy={copy.isPending} onClick={() => copy.mutate()}>
            Copy a code
          </Button>
        ) : null}
      </div>
      {setUp.data && !setUp.isPending ? <Notice tone="good">{inWords(setUp.data)}</Notice> : null}
      {setUp.isError ? <Notice tone="bad">{failureOf(setUp.error).message}</Notice> : null}
    </form>
  );
}

function inWords({ endpoint, deployment, configured, key_kept }: SetUpAnswer): string {
  const model = `${deployment} at ${new URL(endpoint).host}`;
  if (configured) return `The company’s model is now ${model}.${key_kept ? ' Its key is kept on this machine.' : ''}`;
  return key_kept
    ? `The key for ${model} is kept on this machine.`
    : `${model} is set up already; the code holds no key.`;
}
