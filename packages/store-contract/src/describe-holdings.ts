import { type Command, holderKey, holdersOf, unitsOf } from "@holdfast/domain";
import { readableOrder } from "@holdfast/engine";
import { cancel, confirm, create, expire, place, type Shop } from "@holdfast/testing";
import { expect, test } from "vitest";
import type { ShopTest } from "./shop-test.ts";

const each = <Value>(count: number, make: (index: number) => Value) => Array.from({ length: count }, (_, i) => make(i));

const customers = ["ann", "bob", "eve"];
const bounds = { unitsPerCustomerMax: 6, unitsPerKeyMax: 12 };

/** Counts what holders have reserved, exactly, as orders begin and end. */
export function describeHoldings(withShop: ShopTest): void {
  test.each([
    ["a customer", { customerId: "ann", bounds: { unitsPerCustomerMax: 5 } }],
    ["a key", { bounds: { unitsPerKeyMax: 5 } }],
  ])("lets %s hold exactly the bound, of 20 transactions at once", (_who, more) =>
    withShop(async (shop) => {
      await shop.ask(create("tea", 50), create("cup", 50));
      const carts = each(20, (n) => place(`o${n}`, { [n % 2 ? "tea" : "cup"]: 1 }, more));
      const words = (await Promise.all(carts.map((cart) => shop.ask(cart)))).flat();
      expect(words.filter((word) => word === "ok")).toHaveLength(5);
      expect(words.filter((word) => word === "hold_limit_exceeded")).toHaveLength(15);
      expect([...(await shop.holdings(["ann"])).values()]).toEqual([5]);
    })(),
  );

  test(
    "counts for each holder what its live orders hold, after every step of 60 random ones",
    withShop(async (shop) => {
      const random = randomFrom(Math.floor(Math.random() * 2 ** 32));
      await shop.ask(create("tea", 1_000), create("cup", 1_000));
      for (let step = 0; step < 60; step += 1) {
        if (random(8) === 0) shop.later += 2_000;
        await shop.ask(...each(1 + random(4), (n) => randomCommand(random, `${step * 10 + n}`, step * 10)));
        expect(await shop.holdings(customers), `after step ${step} of seed ${random.seed}`).toEqual(await sums(shop));
      }
    }),
  );

  test(
    "keeps nothing of holders whose orders have all ended",
    withShop(async (shop) => {
      const ann = { customerId: "ann", bounds, holdSeconds: 1 };
      await shop.ask(create("tea", 9), ...["o1", "o2", "o3"].map((name) => place(name, { tea: 1 }, ann)));
      expect(await shop.holdings(["ann"])).toEqual(
        new Map([
          ["customer:ann", 3],
          ["key:tester", 3],
        ]),
      );
      await shop.ask(confirm("o1"), cancel("o2"));
      shop.later = 1_000;
      expect(await shop.ask(expire("o3"))).toEqual(["ok"]);
      expect(await shop.holdings(["ann"])).toEqual(new Map());
    }),
  );
}

function randomCommand(random: Random, id: string, placed: number): Command {
  const earlier = `${random(Math.max(1, placed))}`;
  const customerId = [...customers, undefined][random(4)];
  switch (random(6)) {
    case 0:
      return confirm(earlier);
    case 1:
      return cancel(earlier);
    case 2:
      return expire(earlier);
    default: {
      const cart = random(2) === 0 ? { tea: 1 + random(3) } : { tea: 1, cup: 1 + random(2) };
      const who = customerId === undefined ? {} : { customerId };
      return place(id, cart, { ...who, holdSeconds: 1 + random(9), ...(random(2) === 0 ? { bounds } : {}) });
    }
  }
}

/** What the orders themselves add up to, by holder. */
async function sums(shop: Shop): Promise<Map<string, number>> {
  const units = new Map<string, number>();
  const orders = await shop.database.queries.orders({ statuses: ["PENDING_PAYMENT"] }, { limit: 1_000 });
  for (const order of orders.map(readableOrder)) {
    for (const key of holdersOf(order).map(holderKey)) units.set(key, (units.get(key) ?? 0) + unitsOf(order));
  }
  return units;
}

interface Random {
  (below: number): number;
  readonly seed: number;
}

/** A small generator (mulberry32), so that a history that fails can be played again from its seed. */
function randomFrom(seed: number): Random {
  let state = seed;
  const next = (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * below);
  };
  return Object.assign(next, { seed });
}
