/** A link as the rep is shown it before it opens. `host` in the reader's letters, `asciiHost` as it is asked for; they differ for an international name. */
export type LinkAddress = { href: string; host: string; asciiHost: string; address: string };

const MAX_ADDRESS_CHARACTERS = 2048;

/** What of an address may be opened: http and https with a host, without a hidden name or password. Null for everything else. */
export function linkAddress(text: string): LinkAddress | null {
  if (text.length > MAX_ADDRESS_CHARACTERS || !URL.canParse(text)) return null;
  const url = new URL(text);
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '' || url.username !== '' || url.password !== '') return null;
  const host = unicodeHost(url.hostname);
  return { href: url.href, host, asciiHost: url.hostname, address: url.href.replace(url.hostname, host) };
}

/** Labels such as `xn--fiqs8s` as the letters they stand for; a label that cannot be read stays. */
export function unicodeHost(host: string): string {
  return host.split('.').map((label) => (label.startsWith('xn--') ? (decodePunycode(label.slice(4)) ?? label) : label)).join('.');
}

const [BASE, T_MIN, T_MAX, SKEW, DAMP, FIRST_BIAS, FIRST_CODE] = [36, 1, 26, 38, 700, 72, 128];

/** RFC 3492 §6.2; undefined for what is no Punycode. */
function decodePunycode(input: string): string | undefined {
  const dash = input.lastIndexOf('-');
  const output = dash > 0 ? Array.from(input.slice(0, dash), (letter) => letter.codePointAt(0) ?? 0) : [];
  let [code, bias, place] = [FIRST_CODE, FIRST_BIAS, 0];
  for (let at = dash > 0 ? dash + 1 : 0; at < input.length; ) {
    const before = place;
    const number = readNumber(input, at, bias);
    if (number === undefined) return undefined;
    place += number.value;
    at = number.end;
    const count = output.length + 1;
    bias = adapt(place - before, count, before === 0);
    code += Math.floor(place / count);
    place %= count;
    if (code > 0x10_ff_ff) return undefined;
    output.splice(place, 0, code);
    place += 1;
  }
  return String.fromCodePoint(...output);
}

/** A variable-length number of RFC 3492 §3.3, and where it ends. */
function readNumber(input: string, start: number, bias: number): { value: number; end: number } | undefined {
  let [value, weight] = [0, 1];
  for (let at = start, k = BASE; at < input.length; at += 1, k += BASE) {
    const digit = digitOf(input.charCodeAt(at));
    if (digit === undefined || weight > 0x7f_ff_ff_ff) return undefined;
    value += digit * weight;
    const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
    if (digit < threshold) return { value, end: at + 1 };
    weight *= BASE - threshold;
  }
  return undefined;
}

function digitOf(code: number): number | undefined {
  if (code >= 48 && code <= 57) return code - 22;
  if (code >= 97 && code <= 122) return code - 97;
  return code >= 65 && code <= 90 ? code - 65 : undefined;
}

function adapt(delta: number, count: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2));
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > Math.floor(((BASE - T_MIN) * T_MAX) / 2); k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
