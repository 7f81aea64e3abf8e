import { SaxesParser } from 'saxes';
import { decodeStream, detectEncoding } from './encoding.ts';
import { throwIfCancelled, type ByteSource } from './read-item.ts';

/** Called with names stripped of their namespace prefix. Text may come in several pieces. */
export type XmlHandlers = {
  onOpen?(name: string, attributes: Readonly<Record<string, string>>): void;
  onText?(text: string): void;
  onClose?(name: string): void;
};

/**
 * Parses XML piece by piece and yields after each piece, so that the caller can hand on what its handlers gathered.
 * Entities that a document declares itself are never expanded (the parser knows only the five of XML): they are errors.
 */
export async function* walkXml(source: ByteSource, handlers: XmlHandlers, signal?: AbortSignal): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: false, xmlns: false as const });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => handlers.onOpen?.(localName(tag.name), tag.attributes));
  parser.on('text', (text) => handlers.onText?.(text));
  parser.on('cdata', (text) => handlers.onText?.(text));
  parser.on('closetag', (tag) => handlers.onClose?.(localName(tag.name)));
  for await (const text of decodeXml(source)) {
    throwIfCancelled(signal);
    parser.write(text);
    yield;
  }
  parser.close();
  yield;
}

/** Parses a whole small part. */
export async function readXml(source: ByteSource, handlers: XmlHandlers, signal?: AbortSignal): Promise<void> {
  for await (const _piece of walkXml(source, handlers, signal));
}

/** Office parts are UTF-8, or UTF-16 with a byte order mark. */
async function* decodeXml(source: ByteSource): AsyncGenerator<string> {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return;
  const encoding = detectEncoding(first.value.subarray(0, 2));
  const all: ByteSource = {
    async *[Symbol.asyncIterator]() {
      yield first.value;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
    },
  };
  yield* decodeStream(all, encoding === 'gb18030' ? 'utf-8' : encoding);
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
