/** Keys of a shortcut as small caps; `Ctrl+K` becomes two. */
export function Kbd({ shortcut }: { shortcut: string }) {
  return (
    <span className="inline-flex gap-0.5 whitespace-nowrap">
      {shortcut.split('+').map((key) => (
        <kbd key={key} className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-line bg-raised px-1 font-sans text-meta text-ink-2">
          {key}
        </kbd>
      ))}
    </span>
  );
}
