/** CPU time of this process, user and system, all threads, in ms. Wall time says nothing on a machine that others use too. */
export function cpuNowMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export async function cpuOf<T>(work: () => T | Promise<T>): Promise<{ value: T; cpuMs: number }> {
  const startedMs = cpuNowMs();
  const value = await work();
  return { value, cpuMs: cpuNowMs() - startedMs };
}

/** The same without giving the event loop a turn, for work of a few microseconds. */
export function cpuOfSync<T>(work: () => T): { value: T; cpuMs: number } {
  const startedMs = cpuNowMs();
  const value = work();
  return { value, cpuMs: cpuNowMs() - startedMs };
}
