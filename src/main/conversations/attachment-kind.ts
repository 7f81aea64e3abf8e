import type { AttachmentKind } from '../../shared/contract/attachment.contract.ts';

/** What a file is, from its first bytes; the name only tells apart what has the same bytes (an archive, plain text). */
export type AttachmentType = { mime: string; kind: AttachmentKind };

/** How many bytes from the start decide. */
export const SNIFF_BYTES = 4096;

const DOWNLOAD: AttachmentType = { mime: 'application/octet-stream', kind: 'file' };

/** Bytes at a place, as latin-1; `?` is any byte. */
type Signature = { at: number; bytes: string; type: AttachmentType };

const SIGNATURES: readonly Signature[] = [
  { at: 0, bytes: '\x89PNG\r\n\x1a\n', type: { mime: 'image/png', kind: 'image' } },
  { at: 0, bytes: '\xff\xd8\xff', type: { mime: 'image/jpeg', kind: 'image' } },
  { at: 0, bytes: 'GIF87a', type: { mime: 'image/gif', kind: 'image' } },
  { at: 0, bytes: 'GIF89a', type: { mime: 'image/gif', kind: 'image' } },
  { at: 0, bytes: 'RIFF????WEBP', type: { mime: 'image/webp', kind: 'image' } },
  { at: 0, bytes: '%PDF-', type: { mime: 'application/pdf', kind: 'file' } },
  { at: 4, bytes: 'ftypM4A', type: { mime: 'audio/mp4', kind: 'audio' } },
  { at: 4, bytes: 'ftypqt', type: { mime: 'video/quicktime', kind: 'video' } },
  { at: 4, bytes: 'ftyp', type: { mime: 'video/mp4', kind: 'video' } },
  { at: 0, bytes: '\x1a\x45\xdf\xa3', type: { mime: 'video/webm', kind: 'video' } },
  { at: 0, bytes: 'ID3', type: { mime: 'audio/mpeg', kind: 'audio' } },
  { at: 0, bytes: 'OggS', type: { mime: 'audio/ogg', kind: 'audio' } },
  { at: 0, bytes: '#!AMR', type: { mime: 'audio/amr', kind: 'audio' } },
  { at: 0, bytes: 'RIFF????WAVE', type: { mime: 'audio/wav', kind: 'audio' } },
];

/** Programs have no place in a conversation, whatever they are called. */
const PROGRAMS = ['MZ', '\x7fELF', '\xca\xfe\xba\xbe', '\xfe\xed\xfa\xce', '\xfe\xed\xfa\xcf', '\xce\xfa\xed\xfe', '\xcf\xfa\xed\xfe', '#!/'];
/** What a double click runs although its bytes are plain text or an archive. */
const PROGRAM_ENDINGS = new Set(['bat', 'cmd', 'com', 'cpl', 'hta', 'jar', 'js', 'jse', 'lnk', 'msc', 'msi', 'msp', 'pif', 'ps1', 'reg', 'scf', 'scr', 'url', 'vbe', 'vbs', 'wsf', 'wsh']);

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const ARCHIVES: Readonly<Record<string, string>> = {
  docx: `${OFFICE}.wordprocessingml.document`,
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
  pptx: `${OFFICE}.presentationml.presentation`,
};
const TEXTS: Readonly<Record<string, string>> = { txt: 'text/plain', csv: 'text/csv', log: 'text/plain', md: 'text/plain' };

/** The type of a file; `'program'` for what is refused. Markup of any kind (HTML, SVG, XML) is a plain download. */
export function sniffAttachment(head: Uint8Array, name: string): AttachmentType | 'program' {
  const start = Buffer.from(head.subarray(0, SNIFF_BYTES)).toString('latin1');
  if (PROGRAMS.some((mark) => start.startsWith(mark))) return 'program';
  const found = SIGNATURES.find(({ at, bytes }) => hasSignature(start, at, bytes));
  if (found !== undefined) return found.type;
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (PROGRAM_ENDINGS.has(ending)) return 'program';
  if (start.startsWith('PK\x03\x04')) return { mime: ARCHIVES[ending] ?? 'application/zip', kind: 'file' };
  const text = TEXTS[ending];
  return text !== undefined && isPlainText(head) ? { mime: text, kind: 'file' } : DOWNLOAD;
}

function hasSignature(start: string, at: number, bytes: string): boolean {
  return [...bytes].every((byte, index) => byte === '?' || start[at + index] === byte);
}

/** Text of any encoding holds no control characters but breaks and tabs; text that begins like markup is not plain. */
function isPlainText(head: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(head.subarray(0, SNIFF_BYTES), { stream: true });
  // UTF-16 has NULs and is rare enough to be a plain download
  return !/^\s*<[!?a-z]/i.test(text) && ![...head.subarray(0, SNIFF_BYTES)].some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13);
}

const MAX_NAME_CHARACTERS = 120;

/** The name as it may be shown and saved: no folders, no control, quote or direction marks, never empty; the ending stays when it is cut. */
export function attachmentName(name: string): string {
  const last = name.normalize('NFC').toWellFormed().split(/[\\/]/).at(-1) ?? '';
  const kept = [...last.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*]/gu, '').replace(/^[\s.]+|[\s.]+$/gu, '')];
  if (kept.length <= MAX_NAME_CHARACTERS) return kept.join('') || 'file';
  return [...kept.slice(0, MAX_NAME_CHARACTERS - 12), '…', ...kept.slice(-11)].join('');
}
