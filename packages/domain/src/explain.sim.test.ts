import fc from "fast-check";
import { expect, test } from "vitest";
import type { Command } from "./commands.ts";
import { Explainer } from "./explain.ts";
import type { Explanation, OrderUnits } from "./explanation.ts";
import { type LocationId, mainLocation, type Sku } from "./ids.ts";
import type { JournalEntry } from "./journal.ts";
import type { OrderStatus } from "./order.ts";
import type { StockLevel } from "./stock-level.ts";
import {
  adjust,
  buy,
  callOff,
  cancel,
  closeShort,
  confirm,
  correct,
  create,
  expire,
  fulfil,
  place,
  receive,
  send,
  ship,
} from "./testing/commands.ts";
import { instant, RulesShop } from "./testing/rules-shop.ts";

const tea = { sku: "tea" as Sku, locationId: mainLocation };

/** Something that happens to the shop. */
type Step = (shop: RulesShop, id: number) => void;

const order = fc.integer({ min: 1, max: 30 }).map((n) => `o${n}`);
const transfer = fc.integer({ min: 1, max: 30 }).map((n) => `t${n}`);
const cart = fc.array(fc.tuple(fc.constantFrom("tea", "cup"), fc.integer({ min: 1, max: 3 })), {
  minLength: 1,
  maxLength: 3,
});
const location = fc.constantFrom(mainLocation, mainLocation, "berlin" as LocationId);
const asked = (arbitrary: fc.Arbitrary<(id: number) => Command>): fc.Arbitrary<Step> =>
  fc.array(arbitrary, { minLength: 1, maxLength: 4 }).map((makes) => (shop, id) => {
    shop.ask(...makes.map((make, index) => make(id * 10 + index)));
  });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: asked(
      fc.tuple(cart, location, fc.integer({ min: 1, max: 9 })).map(
        ([lines, locationId, holdSeconds]) =>
          (id) =>
            place(`o${id % 30}`, lines, { locationId, holdSeconds }),
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: asked(
      fc.tuple(fc.constantFrom("tea", "tea@berlin"), fc.integer({ min: -3, max: 9 })).map(
        ([name, delta]) =>
          (id) =>
            adjust(`a${id}`, name, delta || 1),
      ),
    ),
  },
  { weight: 4, arbitrary: asked(order.map((name) => () => confirm(name))) },
  {
    weight: 4,
    arbitrary: asked(
      fc.tuple(order, fc.option(fc.integer({ min: 1, max: 2 }))).map(
        ([name, units]) =>
          (id) =>
            fulfil(`f${id}`, name, units === null ? undefined : { tea: units }),
      ),
    ),
  },
  { weight: 2, arbitrary: asked(order.map((name) => () => cancel(name))) },
  { weight: 3, arbitrary: asked(order.map((name) => () => expire(name))) },
  {
    weight: 3,
    arbitrary: asked(
      fc
        .tuple(
          fc.constantFrom("main", "berlin", undefined),
          fc.constantFrom("main", "berlin"),
          fc.integer({ min: 1, max: 4 }),
        )
        .map(
          ([from, to, units]) =>
            (id) =>
              from === undefined
                ? buy(`t${id % 30}`, to, { tea: units })
                : send(`t${id % 30}`, from, to, { tea: units, cup: 1 }),
        ),
    ),
  },
  { weight: 3, arbitrary: asked(transfer.map((name) => () => ship(name))) },
  {
    weight: 4,
    arbitrary: asked(
      fc.tuple(transfer, fc.option(fc.integer({ min: 1, max: 2 }))).map(
        ([name, units]) =>
          (id) =>
            receive(`e${id}`, name, units === null ? undefined : { tea: units }),
      ),
    ),
  },
  { weight: 1, arbitrary: asked(transfer.map((name) => () => closeShort(name))) },
  { weight: 2, arbitrary: asked(transfer.map((name) => () => callOff(name))) },
  // Someone edits the level, and someone reviews and corrects it.
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("totalStock", "reservedStock", "committedStock"), fc.integer({ min: 0, max: 9 }))
      .map(
        ([counter, units]) =>
          (shop: RulesShop) =>
            shop.edit("tea", { [counter]: units }),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.constant((shop: RulesShop, id: number) => {
      const { totalStock, reservedStock, committedStock } = shop.recount("tea").sources;
      shop.ask(correct(`c${id}`, "tea", totalStock, reservedStock, committedStock));
    }),
  },
);

const history = fc.array(fc.tuple(fc.constantFrom(0, 1, 5), step), { minLength: 1, maxLength: 25 });

/** What the level and its sources were at a second. */
interface Moment {
  readonly level: StockLevel;
  readonly held: readonly (readonly [string, number])[];
  readonly sold: readonly (readonly [string, number])[];
  readonly adjustments: readonly string[];
  readonly adjusted: number;
  readonly shipped: number;
}

function play(steps: readonly (readonly [number, Step])[]): { shop: RulesShop; moments: Map<number, Moment> } {
  const shop = new RulesShop();
  shop.ask(create("tea", 9), create("cup", 20));
  const moments = new Map<number, Moment>();
  for (const [index, [wait, happen]] of steps.entries()) {
    shop.seconds += wait;
    happen(shop, index + 1);
    moments.set(shop.seconds, momentOf(shop));
  }
  return { shop, moments };
}

function momentOf(shop: RulesShop): Moment {
  const recount = shop.recount("tea");
  const units = (status: OrderStatus) =>
    [...shop.snapshot.orders.values()].flatMap(({ id, status: theirs, locationId, lines }) => {
      const line = lines.find(({ sku }) => sku === tea.sku);
      return theirs === status && locationId === mainLocation && line ? [[id, line.quantity] as const] : [];
    });
  const adjustments = [...shop.snapshot.adjustments.values()].filter(
    ({ sku, locationId }) => sku === tea.sku && locationId === mainLocation,
  );
  return {
    level: recount.journalled as StockLevel,
    held: units("PENDING_PAYMENT").sort(),
    sold: units("CONFIRMED").sort(),
    adjustments: adjustments.map(({ id }) => id).sort(),
    adjusted: adjustments.reduce((sum, { delta }) => sum + delta, 0),
    shipped: [...shop.snapshot.fulfilments.values()]
      .flatMap(({ lines }) => lines)
      .reduce((sum, { sku, locationId, quantity }) => {
        return sku === tea.sku && locationId === mainLocation ? sum + quantity : sum;
      }, 0),
  };
}

function explained(entries: readonly JournalEntry[]): Explanation {
  const explainer = new Explainer(tea);
  for (const entry of entries) explainer.add(entry);
  return explainer.explanation;
}

function upTo(shop: RulesShop, seconds: number): JournalEntry[] {
  return shop.journal.filter(({ at }) => at <= instant(seconds)).reverse();
}

const pairs = (items: readonly OrderUnits[]) => items.map(({ orderId, units }) => [orderId, units]).sort();

test("every part is what it was at every moment of any history, and the parts add up to the level", () => {
  fc.assert(
    fc.property(history, (steps) => {
      const { shop, moments } = play(steps);
      for (const [seconds, moment] of moments) {
        const { level, held, sold, shipped, adjustments, corrections, unexplained, ...transfers } = explained(
          upTo(shop, seconds),
        );
        const { awaiting, sent, expected, arrived } = transfers;
        expect({
          level,
          held: pairs(held.newest),
          sold: pairs(sold.newest),
          adjustments: adjustments.newest.map(({ id }) => id).sort(),
          adjusted: adjustments.sum,
          shipped: shipped.sum,
        }).toEqual(moment);
        for (const part of [held, sold, shipped, adjustments, awaiting, sent, expected, arrived])
          expect(part.count).toBe(part.newest.length);
        expect(level).toMatchObject({
          totalStock:
            adjustments.sum -
            shipped.sum -
            sent.sum +
            arrived.sum +
            corrections.sum.totalStock +
            unexplained.totalStock,
          reservedStock: held.sum + awaiting.sum + corrections.sum.reservedStock + unexplained.reservedStock,
          committedStock: sold.sum - shipped.sum + corrections.sum.committedStock + unexplained.committedStock,
        });
        expect(level.incomingStock ?? 0).toBe(expected.sum - arrived.sum + (unexplained.incomingStock ?? 0));
      }
    }),
    { numRuns: 150 },
  );
});

test("counts and sums are the same in whatever order entries come", () => {
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat(1_000)), (steps, dice) => {
      const { shop } = play(steps);
      const inOrder = explained(upTo(shop, shop.seconds));
      const thrown = shop.journal.map((entry) => [dice.next().value ?? 0, entry] as const);
      const shuffled = explained(thrown.sort(([a], [b]) => a - b).map(([, entry]) => entry));
      for (const part of ["held", "sold", "shipped", "adjustments", "corrections", "arrived"] as const) {
        expect([shuffled[part].count, shuffled[part].sum]).toEqual([inOrder[part].count, inOrder[part].sum]);
      }
      expect([shuffled.level, shuffled.unexplained]).toEqual([inOrder.level, inOrder.unexplained]);
    }),
    { numRuns: 60 },
  );
});
