import { useEffect, useLayoutEffect, useState, type Dispatch, type RefObject, type SetStateAction } from 'react';

/**
 * Whether a list is scrolled to its end. While it is, it stays there when it grows, and when its window does: a longer reply must not cover the
 * last message. The rep's own reply always brings the end into view.
 */
export function useAtEnd(scrollRef: RefObject<HTMLElement | null>, last: { id: string; kind: string } | undefined, height: number): [boolean, Dispatch<SetStateAction<boolean>>] {
  const [isAtEnd, setIsAtEnd] = useState(true);
  const lastId = last?.id;
  const isOwn = last?.kind === 'outbox';
  const [knownId, setKnownId] = useState(lastId);
  if (lastId !== knownId) {
    setKnownId(lastId);
    if (isOwn) setIsAtEnd(true);
  }
  useLayoutEffect(() => {
    const element = scrollRef.current;
    if (isAtEnd && element !== null) element.scrollTop = element.scrollHeight;
  }, [scrollRef, isAtEnd, lastId, height]);
  useEffect(() => {
    const element = scrollRef.current;
    if (element === null || !isAtEnd) return;
    const observer = new ResizeObserver(() => {
      element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scrollRef, isAtEnd]);
  return [isAtEnd, setIsAtEnd];
}
