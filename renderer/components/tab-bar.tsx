import { useRef } from 'react';
import { cx } from './cx.ts';

interface TabBarProps<Id extends string> {
  label: string;
  tabs: readonly { id: Id; label: string }[];
  current: Id;
  onChange: (id: Id) => void;
}

/** Tabs over a panel; arrow keys move between them. */
export function TabBar<Id extends string>({ label, tabs, current, onChange }: TabBarProps<Id>) {
  const list = useRef<HTMLDivElement>(null);
  const move = (by: number) => {
    const at = tabs.findIndex((tab) => tab.id === current);
    const next = (at + by + tabs.length) % tabs.length;
    const tab = tabs[next];
    if (tab === undefined) return;
    onChange(tab.id);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={label}
      className="flex shrink-0 gap-1 overflow-x-auto border-b border-line px-4"
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') move(1);
        if (event.key === 'ArrowLeft') move(-1);
      }}
    >
      {tabs.map(({ id, label: words }) => (
        <button
          key={id}
          type="button"
          role="tab"
          aria-selected={id === current}
          tabIndex={id === current ? 0 : -1}
          onClick={() => onChange(id)}
          className={cx(
            '-mb-px border-b-2 px-3 py-2 font-medium whitespace-nowrap',
            id === current ? 'border-accent text-content' : 'border-transparent text-muted hover:text-content',
          )}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
