/** Runs what is asked for under one key after what was asked before; other keys don't wait. */
export function inTurns() {
  const last = new Map<string, Promise<unknown>>();
  return <T>(key: string, task: () => Promise<T>): Promise<T> => {
    const mine = (last.get(key) ?? Promise.resolve()).then(task, task);
    last.set(key, mine);
    const tidy = () => last.get(key) === mine && last.delete(key);
    mine.then(tidy, tidy);
    return mine;
  };
}
