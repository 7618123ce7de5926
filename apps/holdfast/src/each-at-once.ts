/**
 * Does `work` with each item, at most `atOnceMax` at a time, and takes the next item when there is a place for it. Rejects with the
 * first error, when what is under way has ended.
 */
export async function eachAtOnce<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  atOnceMax: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const source = (async function* () {
    yield* items;
  })();
  let failed = false;
  const worker = async () => {
    for (let next = await source.next(); !next.done && !failed; next = await source.next()) {
      try {
        await work(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: atOnceMax }, worker));
  await source.return(undefined);
  for (const each of ended) if (each.status === "rejected") throw each.reason;
}
