import {
  type Command,
  claimedNames,
  declarationOf,
  type Entity,
  firstLocation,
  type Snapshot,
  snapshotOf,
  Unreadable,
} from "@holdfast/domain";
import { type ListedName, listedNames, unreadableRecords } from "@holdfast/engine";
import { afterWrites, levelNamed, oneOfEach, type Shop, wordOf } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

/** What holds of each entity that commands make, whichever there are. */
export function describeEntities(withShop: ShopTest): void {
  test(
    "lists each entity as the rules made it: whole, page by page, and by field",
    withShop(async (shop, _ask, editLevel) => {
      const { queries } = shop.database;
      const { made } = await askOneOfEach(shop, () => editLevel(levelNamed("tea"), { totalStock: 14 }));
      for (const name of listedNames) {
        const all = newestFirst(name, made);
        expect(await queries.list(name, {}, { limit: 9 })).toEqual(all);
        const [first, ...rest] = all;
        expect(await queries.list(name, {}, { limit: 1 })).toEqual(first === undefined ? [] : [first]);
        if (first !== undefined) {
          expect(await queries.list(name, {}, { limit: 9, after: keyIn(name, first) })).toEqual(rest);
        }
        for (const field of declarationOf(name).listedBy ?? []) {
          const value = String(first?.[field as keyof Entity]);
          expect(await queries.list(name, { [field]: value }, { limit: 9 })).toEqual(all);
          expect(await queries.list(name, { [field]: `${value}-2` }, { limit: 9 })).toEqual([]);
        }
      }
      expect(claimedNames.filter((name) => made[name].size === 0)).toEqual([]);
    }),
  );

  test(
    "answers each command that has an idempotency key once more with what it made",
    withShop(async (shop, _ask, editLevel) => {
      const { asked } = await askOneOfEach(shop, () => editLevel(levelNamed("tea"), { totalStock: 14 }));
      const keyed = asked.filter((command) => "claim" in command);
      // Adjustments are made by two commands.
      expect(keyed).toHaveLength(claimedNames.length + 1);
      expect((await shop.outcomes(...keyed)).map(wordOf)).toEqual(keyed.map(() => "replayed"));
    }),
  );

  test(
    "lists and reports what cannot be read of each entity in its place",
    withShop(async (shop, _ask, editLevel, corrupt) => {
      const { made } = await askOneOfEach(shop, () => editLevel(levelNamed("tea"), { totalStock: 14 }));
      const reported: string[] = [];
      for (const name of listedNames.filter((each) => claimedNames.some((claimed) => claimed === each))) {
        const { kind } = declarationOf(name);
        const [id = ""] = made[name].keys();
        await corrupt(kind, id, { claim: "none" });
        const [found] = await shop.database.queries.list(name, {}, { limit: 9 });
        expect(found).toBeInstanceOf(Unreadable);
        expect(found).toMatchObject({ kind, id, reason: "claim must be a key and a fingerprint" });
        reported.push(`${kind} ${id}`);
      }
      const unreadable = await unreadableRecords(shop.database.queries);
      expect(unreadable.map(({ kind, id }) => `${kind} ${id}`).sort()).toEqual(reported.sort());
    }),
  );
}

/** Asks each command in a batch of its own. Gives all that is there afterwards, by what the batches write. */
async function askOneOfEach(
  shop: Shop,
  beforeCorrection: () => Promise<void>,
): Promise<{ readonly asked: readonly Command[]; readonly made: Snapshot }> {
  const asked = Object.values(oneOfEach);
  let made = snapshotOf({ locations: [firstLocation] });
  for (const command of asked) {
    if (command.type === "CorrectStock") await beforeCorrection();
    const commit = await shop.transact(command);
    if (commit.kind !== "committed") throw new Error(`the batch is ${commit.kind}`, { cause: commit.cause });
    made = afterWrites(made, commit.batch);
  }
  return { asked, made };
}

function newestFirst(name: ListedName, made: Snapshot): Entity[] {
  const all: readonly Entity[] = [...made[name].values()];
  return all.toSorted((a, b) => (keyIn(name, a) > keyIn(name, b) ? -1 : 1));
}

function keyIn(name: ListedName, entity: Entity): string {
  return declarationOf(name).keyOf(entity as never);
}
