import type { DeskState } from '../../../shared/contract/index.ts';

const DOORS = { electron: 'Desktop application', web: 'Browser', terminal: 'Terminal' } as const;

function shortcutInWords({ shortcut, registered }: DeskState['quick_command']): string {
  if (shortcut === null) return 'Only in the desktop application';
  return registered ? shortcut : `${shortcut} could not be registered: another program or this desktop keeps it`;
}

/** What this desk is and what it talks to. */
export function DeskFacts({ state }: { state: DeskState }) {
  const facts: [string, string][] = [
    ['Version', state.version],
    ['Opened in', DOORS[state.door]],
    ['Pipeline', `${state.pipeline.url}${state.pipeline.embedded ? ' (embedded)' : ''}`],
    ['Keychain', state.keychain.available ? 'Available' : (state.keychain.message ?? 'Not available')],
    ['Quick command', shortcutInWords(state.quick_command)],
  ];
  return (
    <dl className="space-y-2 text-[0.8125rem]">
      {facts.map(([name, value]) => (
        <div key={name} className="flex flex-wrap gap-x-4">
          <dt className="w-32 shrink-0 text-muted">{name}</dt>
          <dd className="min-w-0 flex-1 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
