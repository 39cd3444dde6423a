import { useState } from 'react';
import type { DeskState } from '../../../shared/contract/index.ts';
import { Mark } from '../../app/mark.tsx';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/fields.tsx';
import { Notice } from '../../components/notice.tsx';
import { failureOf } from '../../desk/client.ts';
import { useSignIn } from './mutations.ts';

/** Nobody is signed in. */
export function SignIn({ state }: { state: DeskState }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn();
  return (
    <main className="grid h-full place-items-center overflow-y-auto p-4">
      <form
        className="w-full max-w-sm space-y-4 rounded-xl border border-line bg-raised p-6 shadow-sm"
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate({ email: email.trim(), password });
        }}
      >
        <div className="flex items-center gap-3">
          <Mark className="size-10" />
          <div>
            <h1 className="text-lg leading-tight font-semibold">Renderdesk</h1>
            <p className="text-xs break-all text-muted">{state.pipeline.url}</p>
          </div>
        </div>
        {signIn.isError ? <Notice tone="bad">{failureOf(signIn.error).message}</Notice> : null}
        <TextField
          label="E-mail address"
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label="Password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" variant="primary" busy={signIn.isPending} className="w-full">
          Sign in
        </Button>
        {state.keychain.message ? <p className="text-xs text-muted">{state.keychain.message}</p> : null}
      </form>
    </main>
  );
}
