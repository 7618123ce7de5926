/** Some servers look at every id of a list for every document: twice the time each at 200, measured. */
const idsMax = 50;

/** Ids in lists that are short enough for one update. */
export function pagesOf<Id>(ids: readonly Id[]): Id[][] {
  return Array.from({ length: Math.ceil(ids.length / idsMax) }, (_, page) =>
    ids.slice(page * idsMax, (page + 1) * idsMax),
  );
}
