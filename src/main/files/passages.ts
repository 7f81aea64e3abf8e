import { splitSentences } from '../text/sentences.ts';
import type { DocumentBlock, ReadDocument } from './document.ts';

/** A retrievable span of a document: its place, the headings above it, and its text. */
export type DocumentPassage = {
  /** From 0, in reading order. */
  ordinal: number;
  /** Outermost first; the document's title is not repeated. */
  headingPath: readonly string[];
  text: string;
  /** Page of its first block, where the format has pages. */
  page?: number;
};

export type PassageOptions = { maxChars?: number };

const DEFAULT_MAX_CHARS = 400;
/** Even a question and its answer are cut past this many times `maxChars`. */
const MAX_WHOLE_RATIO = 5;
const QUESTION = /^(?:问|问题|q|question)\s*\d*\s*[:：.、]/i;
const ANSWER = /^(?:答|答案|回答|a|answer)\s*\d*\s*[:：.、]/i;

/** `isWhole` pieces (table rows, question with answer) stand alone and are not cut at `maxChars`. */
type Piece = { text: string; isWhole: boolean; page: number | undefined };

/**
 * Cuts a document into passages of about `maxChars` UTF-16 units. Neighbouring paragraphs under the same headings are joined while they fit; longer ones are cut
 * between sentences. Rows of tables and pairs `问：… 答：…` / `Q: … A: …` each stay one passage. Headings become `headingPath`.
 */
export function passagesOf(document: Pick<ReadDocument, 'blocks'>, options: PassageOptions = {}): DocumentPassage[] {
  const maxChars = options.maxChars ?? DEFAULT_MAX_CHARS;
  const passages: DocumentPassage[] = [];
  for (const section of sectionsOf(document.blocks)) {
    for (const piece of packPieces(piecesOf(section.blocks), maxChars)) {
      const place = { ordinal: passages.length, headingPath: section.headingPath, text: piece.text };
      passages.push(piece.page === undefined ? place : { ...place, page: piece.page });
    }
  }
  return passages;
}

type Section = { headingPath: readonly string[]; blocks: DocumentBlock[] };

function sectionsOf(blocks: readonly DocumentBlock[]): Section[] {
  const sections: Section[] = [{ headingPath: [], blocks: [] }];
  let path: { level: number; text: string }[] = [];
  for (const block of blocks) {
    if (block.kind !== 'heading') {
      sections.at(-1)?.blocks.push(block);
      continue;
    }
    const level = block.level ?? 1;
    path = [...path.filter((heading) => heading.level < level), { level, text: block.text }];
    sections.push({ headingPath: path.map((heading) => heading.text), blocks: [] });
  }
  return sections;
}

function piecesOf(blocks: readonly DocumentBlock[]): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at];
    if (block === undefined || block.text.trim() === '') continue;
    const answerCount = QUESTION.test(block.text) ? countAnswerBlocks(blocks, at + 1) : 0;
    const text = [block, ...blocks.slice(at + 1, at + 1 + answerCount)].map((each) => each.text).join('\n');
    pieces.push({ text, isWhole: answerCount > 0 || block.kind === 'table-row' || (QUESTION.test(text) && /\n\s*(?:答|答案|回答|a|answer)\s*\d*\s*[:：.、]/i.test(text)), page: block.page });
    at += answerCount;
  }
  return pieces;
}

/** Blocks from the one that begins an answer up to the next question; 0 when the question has no answer. */
function countAnswerBlocks(blocks: readonly DocumentBlock[], start: number): number {
  const first = blocks[start];
  if (first === undefined || !ANSWER.test(first.text)) return 0;
  const next = blocks.findIndex((block, index) => index > start && (QUESTION.test(block.text) || block.kind === 'table-row'));
  return (next === -1 ? blocks.length : next) - start;
}

function packPieces(pieces: readonly Piece[], maxChars: number): Piece[] {
  const packed: Piece[] = [];
  let isLastOpen = false;
  for (const piece of pieces) {
    const limit = piece.isWhole ? maxChars * MAX_WHOLE_RATIO : maxChars;
    for (const text of piece.text.length <= limit ? [piece.text] : splitText(piece.text, maxChars)) {
      const last = packed.at(-1);
      const canJoin = isLastOpen && !piece.isWhole && last !== undefined && last.text.length + 1 + text.length <= maxChars;
      if (canJoin) last.text += `\n${text}`;
      else packed.push({ ...piece, text });
      isLastOpen = !piece.isWhole;
    }
    // A section never joins across a whole piece.
    if (piece.isWhole) isLastOpen = false;
  }
  return packed;
}

/** Cuts between sentences, and inside one only when it alone is too long; never inside a character. */
function splitText(text: string, maxChars: number): string[] {
  const parts: string[] = [];
  let current = '';
  const put = (piece: string) => {
    if (current !== '' && current.length + piece.length > maxChars) {
      parts.push(current);
      current = '';
    }
    current += piece;
  };
  const starts = splitSentences(text).map((sentence) => sentence.start);
  for (const [index, start] of starts.entries()) {
    const sentence = text.slice(start, starts[index + 1]);
    if (sentence.length <= maxChars) put(sentence);
    else for (const slice of sliceText(sentence, maxChars)) put(slice);
  }
  parts.push(current);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function sliceText(text: string, maxChars: number): string[] {
  const slices: string[] = [];
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + maxChars, text.length);
    const space = text.lastIndexOf(' ', end - 1);
    if (end < text.length && space > start + maxChars / 2) end = space + 1;
    // Step back when the cut would part the two halves of one character.
    if (end < text.length && /[\ud800-\udbff]/.test(text[end - 1] ?? '') && end - 1 > start) end--;
    slices.push(text.slice(start, end));
    start = end;
  }
  return slices;
}
