import { useUi, type Theme } from './ui-store.ts';

function apply(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Puts the chosen theme on the page and keeps it there; `system` leaves it to the desktop. Returns the unlisten. */
export function startTheme(): () => void {
  apply(useUi.getState().theme);
  return useUi.subscribe((state) => apply(state.theme));
}
