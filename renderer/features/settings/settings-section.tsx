import type { ReactNode } from 'react';

/** A titled card of the settings. */
export function SettingsSection({
  id,
  title,
  about,
  children,
}: {
  id: string;
  title: string;
  about?: string;
  children: ReactNode;
}) {
  return (
    <section id={id} aria-label={title} className="rounded-lg border border-line bg-raised">
      <header className="border-b border-line px-4 py-2.5">
        <h2 className="font-medium">{title}</h2>
        {about ? <p className="text-xs text-muted">{about}</p> : null}
      </header>
      <div className="space-y-4 p-4">{children}</div>
    </section>
  );
}
