import { writeJson, type Command, type CliIo } from '../cli.types.ts';
import { rounded } from '../../tuning/bootstrap.ts';
import { unitVector } from '../../tuning/vectors.ts';
import { textLines } from '../stdin-lines.ts';

const BATCH_LINE_COUNT = 64;

export const embedCommand: Command = {
  name: 'embed',
  usage: 'embed < texts',
  summary: 'Prints the vector of each line of text, as the search engine sees it',
  details: 'One JSON array of numbers a line, of length 1, in the order of the lines; null for a line that is no text.',
  options: {},
  async run({ io, deps, signal }) {
    const model = await deps.loadModel();
    let hasBad = false;
    try {
      let batch: (string | null)[] = [];
      const flush = async () => {
        await writeVectors(io, batch, (texts) => model.embed(texts));
        batch = [];
      };
      for await (const text of textLines(io, signal)) {
        if (text === null) hasBad = true;
        batch.push(text);
        if (batch.length === BATCH_LINE_COUNT) await flush();
      }
      await flush();
    } finally {
      await model.dispose();
    }
    return hasBad ? 1 : 0;
  },
};

async function writeVectors(io: CliIo, batch: readonly (string | null)[], embed: (texts: string[]) => Promise<Int8Array[]>): Promise<void> {
  const rows = await embed(batch.filter((text) => text !== null));
  for (const text of batch) {
    const row = text === null ? undefined : rows.shift();
    writeJson(io, row === undefined ? null : Array.from(unitVector(row), rounded));
  }
}
