/** Keys of a shortcut as small caps; `Ctrl+K` becomes two, and so does `G D`. */
export function Kbd({ shortcut }: { shortcut: string }) {
  return (
    <span className="inline-flex gap-0.5 whitespace-nowrap">
      {shortcut.split(/[+ ]/).map((key, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the keys of one shortcut have no identity but their place
        <kbd key={index} className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-line bg-raised px-1 font-sans text-meta text-ink-2">
          {key}
        </kbd>
      ))}
    </span>
  );
}
