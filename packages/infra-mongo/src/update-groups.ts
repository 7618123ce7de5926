/** Some servers look at every id of a list for every document: twice the time each at 200, measured. */
const idsMax = 50;

/** Ids in lists that are short enough for one update. */
export function pagesOf<Id>(ids: readonly Id[]): Id[][] {
  return Array.from({ length: Math.ceil(ids.length / idsMax) }, (_, page) =>
    ids.slice(page * idsMax, (page + 1) * idsMax),
  );
}

/** `Map.groupBy`, which Node 20 lacks: the items of each key, in order. */
export function groupsBy<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
