import { Lock } from 'lucide-react';

/** The door does not know this browser window: only the address the desk printed lets it in. */
export function LockedScreen() {
  return (
    <main className="grid h-full place-items-center p-6">
      <div className="max-w-md text-center" role="alert">
        <Lock className="mx-auto size-8 text-muted" aria-hidden />
        <h1 className="mt-3 text-lg font-semibold">This window is not let in</h1>
        <p className="mt-2 text-muted">
          The desk was started anew, or this address was opened without its token. Open the full address that the desk
          printed when it started — it begins with <code className="font-mono">http://127.0.0.1</code> and ends with{' '}
          <code className="font-mono">?token=…</code>
        </p>
      </div>
    </main>
  );
}
