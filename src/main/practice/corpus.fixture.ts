import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openCustomerCorpus, type CorpusFile } from './customer-corpus.ts';
import type { CustomerCorpus, Scenario } from './practice.types.ts';

const folder = path.join(import.meta.dirname, '../../../resources/demo-shop/customers');

/** For tests: the files of the live customers that ship. */
export function shippedCustomerFiles(): CorpusFile[] {
  return readdirSync(folder).filter((name) => name.endsWith('.yaml')).toSorted().map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));
}

let shipped: CustomerCorpus | undefined;

/** For tests: the live customers that ship. */
export function shippedCorpus(): CustomerCorpus {
  shipped ??= openCustomerCorpus(shippedCustomerFiles());
  return shipped;
}

export function shippedScenario(id: string): Scenario {
  const scenario = shippedCorpus().scenarios.find((one) => one.id === id);
  if (scenario === undefined) throw new Error(`there is no scenario ${id}`);
  return scenario;
}
