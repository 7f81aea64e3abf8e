import { readJsonLines, type JsonValue } from '../files/read-json-lines.ts';
import { readLines, lineProblemSentence } from '../files/read-lines.ts';
import { DeskmateError, messageOf } from '../platform/errors.ts';
import type { CliIo } from './cli.types.ts';

const MAX_INPUT_BYTES = 64 * 1024 * 1024;

/** What one line of input came to: an answer that is printed, or why there is none. */
export type LineAnswer = { ok: true; answer: unknown } | { ok: false; reason: string };

/** Answers each line of JSON with one line of JSON, in order. A line that cannot be answered is told on stderr and the rest goes on; the exit code is 1 then. */
export async function answerJsonLines(io: CliIo, signal: AbortSignal, answerLine: (value: JsonValue, line: number) => LineAnswer | Promise<LineAnswer>): Promise<number> {
  let badCount = 0;
  for await (const item of readJsonLines(io.stdin, { encoding: 'utf-8', signal })) {
    const answered: LineAnswer = item.kind === 'rejected' ? { ok: false, reason: item.sentence } : await answerLine(item.value, item.line);
    if (answered.ok) io.writeOut(`${JSON.stringify(answered.answer)}\n`);
    else {
      badCount++;
      io.writeErr(`stdin line ${item.line}: ${answered.reason}\n`);
    }
  }
  return badCount === 0 ? 0 : 1;
}

/** Lines of plain text; a line that is no text is told on stderr and given as null, so that answers keep their places. */
export async function* textLines(io: CliIo, signal: AbortSignal): AsyncGenerator<string | null> {
  for await (const { line, text, problem } of readLines(io.stdin, { encoding: 'utf-8', signal })) {
    if (problem !== null) io.writeErr(`stdin line ${line}: ${lineProblemSentence(problem)}\n`);
    yield problem === null ? text : null;
  }
}

/** The one JSON value that stdin holds. @throws DeskmateError bad_request, saying what is expected */
export async function readJsonInput(io: CliIo, expected: string): Promise<JsonValue> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of io.stdin) {
    bytes += chunk.length;
    if (bytes > MAX_INPUT_BYTES) throw new DeskmateError('bad_request', 'stdin holds more than 64 MB.');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8').replace(/^\ufeff/, '');
  if (text.trim() === '') throw new DeskmateError('bad_request', `stdin is empty; needed is ${expected}.`);
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new DeskmateError('bad_request', `stdin is not valid JSON (${messageOf(error)}); needed is ${expected}.`, { cause: error });
  }
}
