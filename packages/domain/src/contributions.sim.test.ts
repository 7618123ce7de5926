import fc from "fast-check";
import { expect, test } from "vitest";
import type { Command } from "./commands.ts";
import { contributionsOf } from "./contributions.ts";
import { decide } from "./decide.ts";
import { decideBatchBy, type Rules } from "./decide-batch.ts";
import { entityNames } from "./entities.ts";
import type { Account } from "./entity-declaration.ts";
import { eventRows } from "./event-rows.ts";
import type { Event } from "./events.ts";
import { evolve } from "./evolve.ts";
import type { CustomerId } from "./ids.ts";
import type { Changes, Snapshot } from "./snapshot.ts";
import { levelKey } from "./stock-level.ts";
import { commandsOf, history } from "./test-history.ts";
import {
  adjust,
  buy,
  callOff,
  cancel,
  cancelSold,
  changePlace,
  closeShort,
  confirm,
  create,
  erase,
  expire,
  extend,
  fulfil,
  giveBack,
  oneOfEach,
  open,
  place,
  receive,
  refund,
  repay,
  review,
  send,
  ship,
} from "./testing/commands.ts";
import { instant, RulesShop } from "./testing/rules-shop.ts";

/** Events that move a level and none of its sources: that is what they are for. */
const sourceless: readonly Event["type"][] = ["StockCorrected"];

/** Events that a batch says of what another event has moved. */
const saidOnly: readonly Event["type"][] = ["StockLow", "StockOut", "StockBack"];

/** What the entities that an event changes contribute more than before, by `key counter`. */
function contributed(account: Account, before: Snapshot, changes: Changes): Map<string, number> {
  const sums = new Map<string, number>();
  const add = (key: string, units: number) => sums.set(key, (sums.get(key) ?? 0) + units);
  for (const name of entityNames) {
    for (const after of changes[name] ?? []) {
      const id = "id" in after ? after.id : "";
      const was = before[name].get(id);
      for (const { key, counter, units } of contributionsOf(account, name, after as never))
        add(`${key} ${counter}`, units);
      if (was === undefined) continue;
      for (const { key, counter, units } of contributionsOf(account, name, was as never))
        add(`${key} ${counter}`, -units);
    }
  }
  // What has gone through a level is no counter of it.
  return withoutZeros(
    new Map([...sums].filter(([name]) => !/(shipped|cancelled|restocked|awaiting|sent|arrived)Units$/.test(name))),
  );
}

function moved(event: Event): Map<string, number> {
  const sums = new Map<string, number>();
  const { moves } = eventRows[event.type] as {
    moves: (event: Event) => ReturnType<typeof eventRows.OrderPlaced.moves>;
  };
  for (const { sku, locationId, acceptsShortage: _accepts, sets: _sets, ...figures } of moves(event)) {
    for (const [counter, units] of Object.entries(figures)) {
      const key = `${levelKey(sku, locationId)} ${counter}`;
      sums.set(key, (sums.get(key) ?? 0) + units);
    }
  }
  return withoutZeros(sums);
}

function withoutZeros(sums: Map<string, number>): Map<string, number> {
  return new Map([...sums].filter(([, units]) => units !== 0).sort());
}

/** The rules, compared at every event; `seen`: the events so far. */
function watched(seen: Set<Event["type"]>): Rules {
  return {
    decide,
    evolve: (before, event) => {
      const changes = evolve(before, event);
      seen.add(event.type);
      expect(moved(event), event.type).toEqual(contributed("levels", before, changes));
      const held = (changes.holdings ?? []).map(
        ({ holder, units }) => [`${holder} units`, units - (before.holdings.get(holder)?.units ?? 0)] as const,
      );
      expect(withoutZeros(new Map(held)), event.type).toEqual(contributed("holdings", before, changes));
      return changes;
    },
  };
}

function play(batches: readonly { readonly wait: number; readonly commands: readonly Command[] }[]) {
  const seen = new Set<Event["type"]>();
  const shop = new RulesShop();
  for (const { wait, commands } of batches) {
    shop.seconds += wait;
    const { outcomes } = decideBatchBy(watched(seen), shop.snapshot, commands, instant(shop.seconds));
    for (const outcome of outcomes) if (outcome.kind === "broken") throw outcome.error;
    shop.batch(...commands);
  }
  return seen;
}

const ann = { customerId: "ann" as CustomerId, bounds: { unitsPerKeyMax: 100 } };

/** Everything that can happen. */
const everything: readonly { readonly wait: number; readonly commands: readonly Command[] }[] = [
  { wait: 0, commands: [create("tea", 9), create("cup", 9), adjust("a1", "tea", 4)] },
  { wait: 1, commands: [place("o1", { tea: 2, cup: 1 }, ann), place("o2", { tea: 1 }), place("o3", { tea: 1 }, ann)] },
  { wait: 1, commands: [confirm("o1", "p1"), confirm("o1", "p2"), refund("o1", "p2"), cancel("o2")] },
  {
    wait: 1,
    commands: [place("o4", { tea: 1 }), place("o5", { cup: 2 }), place("o6", { cup: 2 }), place("o7", { cup: 2 })],
  },
  { wait: 1, commands: [erase("o3", "ann", "was-ann")] },
  { wait: 99, commands: ["o3", "o4", "o5", "o6", "o7"].map(expire) },
  { wait: 1, commands: [cancel("o3"), confirm("o4", "p1"), adjust("a2", "cup", -8)] },
  { wait: 1, commands: [confirm("o5", "p1"), confirm("o6", "p1", "review"), confirm("o7", "p1", "review")] },
  { wait: 1, commands: [fulfil("f1", "o1", { tea: 1 }), fulfil("f2", "o1")] },
  {
    wait: 1,
    commands: [
      giveBack("r1", "o1", { tea: 1 }),
      giveBack("r2", "o1", { tea: 1 }, { disposition: "DISCARD" }),
      repay("m1", "o1"),
      place("o8", { tea: 1 }),
      extend("o8", instant(200)),
      confirm("o8"),
      cancelSold("r3", "o8"),
    ],
  },
  { wait: 1, commands: [open("paris"), changePlace("paris", { name: "Paris" })] },
  {
    wait: 1,
    commands: [
      send("t1", "main", "paris", { tea: 3 }),
      callOff("t1"),
      send("t2", "main", "paris", { tea: 2 }),
      ship("t2"),
      receive("e1", "t2", { tea: 1 }, { condition: "UNSELLABLE" }),
      callOff("t2"),
      buy("t3", "paris", { tea: 5 }),
      receive("e2", "t3", { tea: 4 }),
      closeShort("t3"),
      buy("t4", "paris", { tea: 5 }),
      callOff("t4"),
    ],
  },
  { wait: 1, commands: [review("o6", "REFUND"), adjust("a3", "cup", 8), review("o7", "SELL")] },
];

test("every event moves a level by exactly what its entity then contributes more than before, and holdings alike", () => {
  const all = Object.keys(eventRows).filter((type) => ![...sourceless, ...saidOnly].some((each) => each === type));
  const seen = [...play(everything), ...play([{ wait: 0, commands: Object.values(oneOfEach) }])];
  expect([...new Set(seen)].sort()).toEqual(all.sort());
});

test("so it does in any history", () => {
  fc.assert(
    fc.property(history, (batches) => {
      play(commandsOf(batches));
    }),
    { numRuns: 60 },
  );
});
