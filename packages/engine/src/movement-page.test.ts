import { decideBatch, type Instant, type Sku } from "@holdfast/domain";
import { cancel, confirm, create, place } from "@holdfast/domain/testing";
import { expect, test } from "vitest";
import { type MovementPlace, movementPage } from "./movement-page.ts";
import { readable } from "./outages.ts";
import { TestStore } from "./test-store.ts";

/** A ledger of `tea` with 31 movements in 14 entries: some hold many, some hold others' in between, some one instant's. */
async function ledger(): Promise<TestStore> {
  const store = new TestStore();
  let ids = 0;
  const commit = async (...commands: Parameters<typeof decideBatch>[1]) => {
    ids += 1;
    const id = String(ids).padStart(26, "0");
    await store.transact({ id, commands, decide: decideBatch, timeoutMs: 0 });
  };
  await commit(create("tea", 100), create("cup", 100));
  await commit(...["a", "b", "c", "d", "e", "f"].map((name) => place(name, { cup: 1, tea: 1 })));
  store.now = 1 as Instant;
  for (const name of ["g", "h", "i", "j"]) await commit(place(name, { tea: 1 }));
  await commit(place("k", { cup: 1 }));
  for (const name of ["a", "b", "c"]) await commit(confirm(name), place(`${name}2`, { tea: 1 }));
  store.now = 2 as Instant;
  for (const name of ["d", "e", "f"]) await commit(cancel(name));
  await commit(...["g", "h", "i", "j", "a2", "b2", "c2"].map((name) => cancel(name)));
  await commit(...["l", "m", "n", "o"].map((name) => place(name, { tea: 2 })));
  return store;
}

const count = 31;

test.each([1, 2, 3, 5, 7, 8, 30, 31, 32, 200])(
  "by pages of %i, tells every movement once, newest first",
  async (limit) => {
    const store = await ledger();
    const versions: number[] = [];
    const sizes: number[] = [];
    let after: MovementPlace | undefined;
    do {
      const page = await movementPage(store, "tea" as Sku, { limit, ...(after && { after }) });
      versions.push(...page.map(({ movement }) => readable(movement).after.version));
      sizes.push(page.length);
      after = page.at(-1)?.place;
    } while (after !== undefined && sizes.at(-1) === limit);
    expect(versions).toEqual(Array.from({ length: count }, (_, n) => count - n));
    expect(sizes.slice(0, -1).every((size) => size === limit)).toBe(true);
  },
);

test.each([
  ["cup", 14],
  ["pot", 0],
])("tells of %s its own %i movements alone", async (sku, outcome) => {
  const page = await movementPage(await ledger(), sku as Sku, { limit: 200 });
  expect([page.length, page.every(({ movement }) => readable(movement).change.sku === sku)]).toEqual([outcome, true]);
});

test("reads no more of the journal than a page takes", async () => {
  const store = await ledger();
  const reads: number[] = [];
  const counted: Pick<typeof store, "journal"> = {
    journal: async (sku, paging) => {
      const entries = await store.journal(sku, paging);
      reads.push(entries.length);
      return entries;
    },
  };
  const [, second] = await movementPage(counted, "tea" as Sku, { limit: 4 });
  await movementPage(counted, "tea" as Sku, { limit: 2, ...(second && { after: second.place }) });
  expect(reads).toEqual([1, 1]);
  await movementPage(counted, "tea" as Sku, { limit: 9 });
  expect(reads).toEqual([1, 1, 1, 2]);
});
