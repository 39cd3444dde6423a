import { Monitor, Moon, Sun } from 'lucide-react';
import { IconButton } from '../components/button.tsx';
import { Menu, MenuItem } from '../components/menu.tsx';
import { useUi, type Theme } from './ui-store.ts';

const THEMES: { theme: Theme; label: string; icon: typeof Sun }[] = [
  { theme: 'light', label: 'Light', icon: Sun },
  { theme: 'dark', label: 'Dark', icon: Moon },
  { theme: 'system', label: 'Like the system', icon: Monitor },
];

export function ThemeMenu() {
  const { theme, setTheme } = useUi();
  const Current = THEMES.find((entry) => entry.theme === theme)?.icon ?? Monitor;
  return (
    <Menu
      trigger={
        <IconButton label="Theme">
          <Current aria-hidden />
        </IconButton>
      }
    >
      {THEMES.map(({ theme: value, label, icon: Icon }) => (
        <MenuItem key={value} icon={<Icon aria-hidden />} checked={value === theme} onSelect={() => setTheme(value)}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
