/** Runs loads in the order they were asked for, at most `limit` at once; `isWanted` is asked when a load's turn has come. */
export function createLoadQueue<T>(limit: number, load: (item: T) => Promise<void>, isWanted: (item: T) => boolean) {
  const waiting: T[] = [];
  let runningCount = 0;
  const next = (): void => {
    while (runningCount < limit) {
      const item = waiting.shift();
      if (item === undefined) return;
      if (!isWanted(item)) continue;
      runningCount += 1;
      void load(item).finally(() => {
        runningCount -= 1;
        next();
      });
    }
  };
  return (item: T): void => {
    waiting.push(item);
    next();
  };
}
