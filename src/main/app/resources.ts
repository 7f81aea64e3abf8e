import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseRiskExamples, type RiskExample } from '../insight/risk/risk-examples.ts';

const EXAMPLE_FILES = ['escalation.zh.jsonl', 'escalation.en.jsonl'];

/** The labelled examples that ship with the app. @throws Error when a file is missing or malformed: the installation is broken. */
export function readRiskExamples(resourcesDir: string): RiskExample[] {
  return EXAMPLE_FILES.flatMap((file) => parseRiskExamples(readFileSync(path.join(resourcesDir, 'risk-examples', file), 'utf8')));
}
