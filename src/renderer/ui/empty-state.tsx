import type { ReactNode } from 'react';

/** What stands where nothing is yet: says so, and what to do about it. */
export function EmptyState({ title, body, children }: { title: string; body?: string; children?: ReactNode }) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 p-6 text-center">
      <p className="font-semibold text-ink-2">{title}</p>
      {body !== undefined && <p className="max-w-80 text-ink-3">{body}</p>}
      {children !== undefined && <div className="mt-1 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}
