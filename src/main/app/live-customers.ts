import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { openCustomerCorpus } from '../practice/customer-corpus.ts';
import type { CustomerCorpus } from '../practice/practice.types.ts';
import { DeskmateError, messageOf } from '../platform/errors.ts';

/** The live customers that ship with the demo shop. @throws DeskmateError channel_failed when they are missing or malformed. */
export async function readLiveCustomers(resourcesDir: string): Promise<CustomerCorpus> {
  return openCustomerCorpus(await readFiles(path.join(resourcesDir, 'demo-shop', 'customers')));
}

async function readFiles(dir: string): Promise<{ name: string; text: string }[]> {
  try {
    const names = (await readdir(dir)).filter((name) => name.endsWith('.yaml')).toSorted();
    return await Promise.all(names.map(async (name) => ({ name, text: await readFile(path.join(dir, name), 'utf8') })));
  } catch (error) {
    throw new DeskmateError('channel_failed', 'The live customers of the demo shop are not there.', { cause: messageOf(error) });
  }
}
