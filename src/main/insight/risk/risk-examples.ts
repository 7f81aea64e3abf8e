import { z } from 'zod';
import { normaliseForMatch } from '../../text/normalise.ts';

const riskExampleSchema = z.object({
  id: z.string().min(1),
  text: z.string().trim().min(1),
  label: z.enum(['escalate', 'calm']),
  note: z.string().optional(),
});
/** One labelled customer sentence of `resources/risk-examples/*.jsonl`. */
export type RiskExample = z.infer<typeof riskExampleSchema>;

function parseLine(line: string, lineNumber: number): RiskExample {
  try {
    return riskExampleSchema.parse(JSON.parse(line));
  } catch (error) {
    throw new Error(`Line ${lineNumber} is not a risk example`, { cause: error });
  }
}

/**
 * Reads labelled examples, one JSON object a line; empty lines are skipped. Throws an Error naming the line when one is
 * malformed, repeats an id, or repeats a text (compared as `normaliseForMatch` leaves it).
 */
export function parseRiskExamples(jsonl: string): RiskExample[] {
  const examples: RiskExample[] = [];
  const seen = new Set<string>();
  for (const [index, line] of jsonl.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const example = parseLine(line, index + 1);
    for (const key of [`id ${example.id}`, `text ${normaliseForMatch(example.text)}`]) {
      if (seen.has(key)) throw new Error(`Line ${index + 1} repeats an earlier risk example`);
      seen.add(key);
    }
    examples.push(example);
  }
  return examples;
}
