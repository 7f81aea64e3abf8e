/** What makes an SVG more than a drawing: code, other documents, anything fetched. */
const LIVE_SVG: readonly [pattern: RegExp, what: string][] = [
  [/<\s*(?:script|foreignObject|iframe|embed|object|audio|video|animate|set)\b/i, 'an element that is no drawing'],
  [/<!(?:ENTITY|DOCTYPE)/i, 'a DOCTYPE or ENTITY'],
  [/\son[a-z]+\s*=/i, 'an event handler'],
  [/(?:href|src)\s*=\s*["']?\s*(?!#|["'])[^\s>]/i, 'a link to something outside'],
  [/url\(\s*["']?\s*(?!#)[^\s)]/i, 'a link to something outside'],
  [/@import/i, 'an import of styles'],
];

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Why a picture of a pack is not taken, with its line, or null when it is a plain drawing. */
export function mediaProblem(file: string, bytes: Buffer): { line: number; message: string } | null {
  if (file.endsWith('.png')) return bytes.subarray(0, 8).equals(PNG_SIGNATURE) ? null : { line: 1, message: 'the bytes are not those of a PNG; save it as one' };
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  if (!/^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg\b/.test(text)) return { line: 1, message: 'the file does not begin with <svg; save it as plain SVG' };
  for (const [pattern, what] of LIVE_SVG) {
    const found = pattern.exec(text);
    if (found !== null) return { line: text.slice(0, found.index).split('\n').length, message: `the drawing holds ${what}; take it out` };
  }
  return null;
}
