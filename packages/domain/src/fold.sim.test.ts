import fc from "fast-check";
import { expect, test } from "vitest";
import { commandsOf, history } from "./test-history.ts";
import { RulesShop } from "./testing/rules-shop.ts";

/** Batches, and after each whether folds are moved on. */
const folded = fc.tuple(history, fc.infiniteStream(fc.boolean()));

/** Each level's sums, and whether its fold was found to be wrong. */
function sums(shop: RulesShop, trust: "always" | "never") {
  return [...shop.snapshot.levels.keys()].map((key) => {
    const { sources, foldIsWrong = false } = shop.recount(key, trust);
    return { key, ...sources, foldIsWrong };
  });
}

test.each([
  ["in order", (nth: number) => nth],
  // 4, 3, 2, 1, 8, 7 ...
  ["late, as those of a process whose clock lags", (nth: number) => nth + 3 - 2 * ((nth - 1) % 4)],
])("a fold leads to what everything adds up to, whatever happens to what is in it: ids come %s", (_order, idOf) => {
  fc.assert(
    fc.property(folded, ([batches, dice]) => {
      const shop = new RulesShop();
      for (const { wait, commands } of commandsOf(batches, idOf)) {
        shop.seconds += wait;
        shop.batch(...commands);
        if (dice.next().value) shop.foldAll();
        expect(sums(shop, "always")).toEqual(sums(shop, "never"));
      }
    }),
    { numRuns: 100 },
  );
});
