import type { ReactNode } from 'react';

/** One framed group of settings. */
export function SettingsBlock({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-3 rounded border border-line bg-surface p-4">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  );
}
