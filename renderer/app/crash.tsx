import { Component, type ReactNode } from 'react';
import { Button } from '../components/button.tsx';

/** The net under the window: a bug shows itself with its words and a way on, instead of a blank page. */
export class Crash extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <main role="alert" className="mx-auto flex h-full max-w-lg flex-col items-start justify-center gap-3 p-6">
        <h1 className="text-lg font-semibold">This window ran into an error</h1>
        <p className="text-muted">Your orders and conversations are not affected: they live in the desk.</p>
        <pre className="max-h-40 w-full overflow-auto rounded-md bg-sunken p-3 text-xs">{error.message}</pre>
        <Button variant="primary" onClick={() => window.location.reload()}>
          Load the window again
        </Button>
      </main>
    );
  }
}
