/**
 * What of a sent reply is to be compared with one of several suggestions combined in it: the reply without the others that went out word for word,
 * and without the breaks that joined them. With one suggestion it is the whole reply.
 */
export function ownPart(sentText: string, ownText: string, otherTexts: readonly string[]): string {
  let rest = sentText;
  // the longest first: a short one may stand inside a long one
  for (const other of otherTexts.toSorted((a, b) => b.length - a.length)) {
    const at = other === '' || other === ownText ? -1 : rest.indexOf(other);
    if (at !== -1) rest = `${rest.slice(0, at)}\n${rest.slice(at + other.length)}`;
  }
  if (rest === sentText) return sentText;
  const own = rest.replaceAll(/^[\s。.]+|\s+$/g, '').replaceAll(/\n{2,}/g, '\n');
  // the full stop of the joint is ours
  return /[。.]$/.test(ownText) ? own : own.replace(/[。.]$/, '');
}
