import type { Command, Instant } from "@holdfast/domain";
import { type Database, Engine, type Store } from "@holdfast/engine";
import { cancel, confirm, create, expire, idOf, orderId, place } from "@holdfast/testing";
import { expect, test } from "vitest";
import { endingFaults, historiesOf, type Race, stateOf } from "./ending-faults.ts";
import type { ShopTest } from "./shop-test.ts";

const requests = { confirm, cancel, expire } as const;
const pairs = [
  ["confirm", "confirm"],
  ["confirm", "cancel"],
  ["cancel", "confirm"],
  ["confirm", "expire"],
  ["expire", "confirm"],
  ["cancel", "cancel"],
  ["cancel", "expire"],
  ["expire", "cancel"],
  ["expire", "expire"],
] as const;

/** When the race is, against the instant at which the order's reservation runs out: one before, at it, one after. Milliseconds. */
const moments = [-1, 0, 1] as const;

const raceAt = 1_800_000_000_000;
const holdSeconds = 60;
const skus = Array.from({ length: 20 }, (_, n) => `sku-${n}`);
const enginesMax = 3;
/** One order in this many has another shopper who wants the units that its expiry frees. */
const ordersPerTaker = 4;

/** Orders for whose end two requests race: all pairs, around expiry, through several engines at once. */
export function describeEndings(withShop: ShopTest, racingOrders: number): void {
  test(
    `ends each of ${racingOrders} orders once, whoever comes first, and tells both the truth`,
    withShop(async (shop, ask) => {
      const { database } = shop;
      const clock = { now: raceAt };
      const engines = Array.from({ length: enginesMax }, (_, lane) => engineOf(database, clock, lane));
      const submit = (n: number, command: Command) => {
        const engine = engines[n % enginesMax];
        if (engine === undefined) throw new Error("there is an engine for each number");
        return engine.submit(command).then((result) => (result.ok ? "ok" : result.failure.code));
      };
      const races: Race[] = Array.from({ length: racingOrders }, (_, n) => ({
        name: `o${n}`,
        sku: skus[n % skus.length] ?? "",
        requests: pairs[n % pairs.length] ?? pairs[0],
        moment: moments[Math.floor(n / pairs.length) % moments.length] ?? 0,
        answers: [],
      }));

      // All stock is reserved, so a late payment finds only what other orders have given back.
      await ask(...skus.map((sku) => create(sku, races.filter((race) => race.sku === sku).length)));
      for (const moment of moments) {
        clock.now = raceAt - holdSeconds * 1_000 - moment;
        const held = races.filter((race) => race.moment === moment);
        const placed = held.map(({ name, sku }, n) => submit(n, place(name, { [sku]: 1 }, { holdSeconds })));
        expect(new Set(await Promise.all(placed))).toEqual(new Set(["ok"]));
      }

      clock.now = raceAt;
      const answered = races.flatMap((race, n) => {
        const [first, second] = race.requests;
        const contested = n % ordersPerTaker === 0;
        const answer = submit(n, requests[first](race.name));
        // If it comes between the two, in one engine, a late payment finds its units sold.
        const taken = contested ? [submit(n, place(`t${n}`, { [race.sku]: 1 }))] : [];
        const other = submit(contested ? n : n * 7 + 1, requests[second](race.name));
        return [Promise.all([answer, other]).then((answers) => race.answers.push(...answers)), ...taken];
      });
      await Promise.all(answered);
      await Promise.all(engines.map((engine) => engine.close()));

      const histories = historiesOf(await shop.feed());
      const orders = await Promise.all(races.map(({ name }) => database.queries.order(orderId(name))));
      expect(races.flatMap((race, n) => endingFaults(race, orders[n], histories.get(orderId(race.name))))).toEqual([]);
      expect(await shop.drift()).toEqual([]);
      for (const sku of skus) expect(await shop.stock(sku)).not.toContain("-");
      // The test is worth something only if each ending occurred, and some late payments found the stock gone.
      const ends = new Set(orders.map((order) => order && stateOf(order)));
      expect([...ends].sort()).toEqual([
        "CANCELLED/CANCELLED",
        "CANCELLED/CANCELLED REFUND_DUE",
        "CANCELLED/EXPIRED",
        "CONFIRMED/CONFIRMED ON_TIME",
        "CONFIRMED/CONFIRMED REHELD",
        "EXPIRED/EXPIRED",
        "FAILED/EXPIRED REFUND_DUE",
        "PENDING_PAYMENT/ACTIVE",
      ]);
    }),
    120_000,
  );
}

/** An engine over the shared store, with a clock that the test sets. */
function engineOf({ store }: Database, clock: { readonly now: number }, lane: number): Engine {
  let batches = 0;
  const timed: Store = {
    transact: (transaction) =>
      store.transact({
        ...transaction,
        decide: (snapshot, commands) => transaction.decide(snapshot, commands, clock.now as Instant),
      }),
  };
  return new Engine({
    store: timed,
    newBatchId: () => {
      batches += 1;
      return idOf(`${lane}-${String(batches).padStart(6, "0")}`);
    },
    limits: { queueMax: 100_000, batchMax: 100, waitMsMax: 120_000, commitMsMax: 60_000 },
  });
}
