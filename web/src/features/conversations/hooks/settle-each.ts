/** Works through many, a few at a time; one that fails does not stop the others. */
export interface Settled<Item, Result> {
  done: [Item, Result][];
  failed: [Item, unknown][];
}

const AT_ONCE = 4;

export async function settleEach<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Settled<Item, Result>> {
  const done: [Item, Result][] = [];
  const failed: [Item, unknown][] = [];
  const waiting = items.values();
  async function worker(): Promise<void> {
    for (const item of waiting) {
      await work(item).then(
        (result) => done.push([item, result]),
        (error: unknown) => failed.push([item, error]),
      );
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { done, failed };
}
