import { KeyRound, LogOut, Settings } from 'lucide-react';
import type { Me } from '../../shared/domain/index.ts';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../components/menu.tsx';
import { inWords } from '../components/format.ts';
import { useSignOut } from '../features/auth/mutations.ts';
import { navigate } from './router.ts';

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return ((words[0]?.[0] ?? '?') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase();
}

/** The company and the person signed in. */
export function UserMenu({ me }: { me: Me }) {
  const signOut = useSignOut();
  return (
    <Menu
      trigger={
        <button type="button" className="flex shrink-0 items-center gap-2 rounded-md p-1 text-left hover:bg-sunken">
          <span
            aria-hidden
            className="grid size-7 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
          >
            {initials(me.user.name)}
          </span>
          <span className="max-w-40 leading-tight max-xl:sr-only">
            <span className="block truncate text-xs font-medium">{me.user.name}</span>
            <span className="block truncate text-xs text-muted">{me.tenant.name}</span>
          </span>
        </button>
      }
    >
      <MenuLabel>
        <span className="block font-medium text-content">{me.user.name}</span>
        <span className="block">{me.user.email}</span>
        <span className="block">
          {me.tenant.name} · {inWords(me.user.role)}
        </span>
      </MenuLabel>
      <MenuSeparator />
      <MenuItem icon={<Settings aria-hidden />} onSelect={() => navigate({ view: 'settings' })}>
        Settings
      </MenuItem>
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => signOut.mutate({})}>
        Sign out
      </MenuItem>
      <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => signOut.mutate({ forget_model_key: true })}>
        Sign out and delete the model’s key
      </MenuItem>
    </Menu>
  );
}
