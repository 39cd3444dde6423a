import { QueryClientProvider, useQuery, type QueryClient } from '@tanstack/react-query';
import { LoaderCircle } from 'lucide-react';
import { ErrorState } from '../components/notice.tsx';
import { ToastRegion } from '../components/toasts.tsx';
import { deskStateQuery } from '../desk/queries.ts';
import { useDeskLock } from '../desk/desk-lock.ts';
import { LockedScreen } from '../features/auth/locked-screen.tsx';
import { SignIn } from '../features/auth/sign-in.tsx';
import { QuickCommand } from '../features/chat/quick-command.tsx';
import { Crash } from './crash.tsx';
import { useRoute } from './router.ts';
import { Shell } from './shell.tsx';

/** The window: the caches around it, and the net under it. */
export function App({ client }: { client: QueryClient }) {
  return (
    <Crash>
      <QueryClientProvider client={client}>
        <Gate />
        <ToastRegion />
      </QueryClientProvider>
    </Crash>
  );
}

/** Who may see what: nobody without the door's cookie, nothing before sign-in. */
function Gate() {
  const locked = useDeskLock((state) => state.locked);
  const state = useQuery(deskStateQuery);
  const route = useRoute();
  if (locked) return <LockedScreen />;
  if (state.data === undefined) {
    return (
      <main className="grid h-full place-items-center">
        {state.isError ? (
          <ErrorState title="The desk does not answer" error={state.error} onRetry={() => void state.refetch()} />
        ) : (
          <p role="status" className="flex items-center gap-2 text-muted">
            <LoaderCircle className="size-5 animate-spin" aria-hidden /> Starting…
          </p>
        )}
      </main>
    );
  }
  if (state.data.me === null) return <SignIn state={state.data} />;
  return route.view === 'quick' ? <QuickCommand /> : <Shell me={state.data.me} />;
}
