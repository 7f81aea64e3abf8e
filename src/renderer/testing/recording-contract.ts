import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../shared/contract/contract.ts';

/** The contract to implement; every call is noted first, and refused when a test said so. */
export function recordingContract(calls: { name: string; input: unknown }[], failing: ReadonlyMap<string, string>) {
  return implement(contract).use(async ({ next, path }, input) => {
    const name = path.join('.');
    calls.push({ name, input });
    const code = failing.get(name);
    if (code !== undefined) throw new ORPCError(code, { message: 'Refused by the test.' });
    return next();
  });
}
export type FakeOs = ReturnType<typeof recordingContract>;
