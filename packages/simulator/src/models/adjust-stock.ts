import { type AdjustmentId, type Affected, type Claim, type CommandOf, limits, type Quantity } from "@holdfast/domain";
import { availableIn, type Counted, sellableIn } from "../checks/level-book.ts";
import { unexpected } from "../checks/witness.ts";
import { type Crowd, randomSku } from "../people/crowd.ts";
import type { Person } from "../people/person.ts";
import type { Random } from "../random.ts";
import { unwritable } from "../system/connection.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";
import { countStock } from "./count-stock.ts";
import { ship } from "./fulfil-order.ts";
import { placeOrder } from "./place-order.ts";

export const adjustStockModel: CommandModel<CommandOf<"AdjustStock">> = {
  occasions: [
    {
      when: "anytime",
      weight: () => 0.18,
      ask: async (person) => {
        const { random, crowd } = person.world;
        await person.askUnderKey(() => randomAdjustment(random, crowd), adjustStock);
      },
    },
    { when: "anytime", weight: () => 0.02, ask: loseAndFill },
  ],
  *replyFaults(witness, { command, reply, from, to }) {
    const { adjustmentId, sku, locationId, delta, affects = "TOTAL", acceptsShortage, claim, reference } = command;
    const { adjustments } = witness.tables.entities;
    if (reply.kind === "ok") {
      if (reference === unwritable) yield `${adjustmentId} was acknowledged, and cannot have been written`;
      const kept = "id" in reply.subject ? adjustments.get(reply.subject.id as AdjustmentId) : undefined;
      const isAsAsked =
        (kept?.affects ?? "TOTAL") === affects &&
        kept?.note === command.note &&
        kept?.acceptsShortage === acceptsShortage;
      if (kept?.delta !== delta || kept.sku !== sku || kept.locationId !== locationId || !isAsAsked) {
        yield `${adjustmentId} was acknowledged and is not there as asked`;
      }
    } else if (reply.kind === "not_written") {
      if (adjustments.has(adjustmentId)) yield `${adjustmentId} was called not written, and is`;
    } else if (reply.kind === "refused" && reply.failure.code === "stock_promised") {
      const { available } = reply.failure;
      const taken = { TOTAL: -delta, CONDITION: delta, UNSELLABLE: 0 }[affects];
      if (acceptsShortage || available >= taken || !witness.had(sku, locationId, available, from, to)) {
        yield `${adjustmentId} was refused for stock that was there`;
      }
    } else if (reply.kind === "refused" && reply.failure.code === "stock_not_there") {
      const states = witness.levelBetween(sku, locationId, from, to);
      if (!states.some(({ counted }) => isMissing(counted, affects, delta)))
        yield `${adjustmentId} was refused for want of units that were there`;
    } else if (reply.kind === "refused" && reply.failure.code === "stock_limit_exceeded") {
      const states = witness.levelBetween(sku, locationId, from, to);
      if (!states.some(({ counted }) => counted.totalStock + delta > limits.totalStockMax))
        yield `${adjustmentId} was refused as too much`;
    } else if (reply.kind === "refused" && reply.failure.code === "product_not_found") {
      yield* witness.noProducts(reply.failure.skus, from);
    } else if (reply.kind === "refused" && reply.failure.code === "location_not_found") {
      yield* witness.noLocations(reply.failure.locationIds, from);
    } else if (reply.kind === "refused" && reply.failure.code === "idempotency_key_reused") {
      yield* witness.reusedKey("adjustments", claim);
    } else if (reply.kind !== "broken" || reference !== unwritable) yield* unexpected("AdjustStock", reply);
  },
  sequence: {
    share: 0.15,
    draw: ({ random, sku, locationId, id, claim }) => {
      // No caller can send this. It runs into a bug, and must stop no other command.
      const delta = random.chance(0.05) ? Number.NaN : random.between(-4, 6);
      return adjustStock({ sku, locationId, delta, reason: "correction", ...randomKind(random) }, id, claim);
    },
  },
};

/** Whether a level has too few units, sellable or not, for what an adjustment takes of either. */
function isMissing(counted: Counted, affects: Affected, delta: number): boolean {
  const ofUnsellable = affects === "TOTAL" ? 0 : delta;
  const ofSellable = { TOTAL: delta, CONDITION: -delta, UNSELLABLE: 0 }[affects];
  const sellable = sellableIn(counted);
  const ofTotal = affects === "CONDITION" ? 0 : delta;
  if (counted.totalStock + ofTotal < 0) return true;
  return counted.unsellableStock + ofUnsellable < 0 || sellable + ofSellable < Math.min(0, sellable);
}

export function adjustStock(body: Body<CommandOf<"AdjustStock">>, id: string, claim?: Claim): CommandOf<"AdjustStock"> {
  const adjustmentId = `adj_${id}` as AdjustmentId;
  return { type: "AdjustStock", actor: shopKey, ...body, adjustmentId, ...(claim && { claim }) };
}

export function randomAdjustment(random: Random, crowd: Crowd): Body<CommandOf<"AdjustStock">> {
  const { locations } = crowd;
  const delta = random.chance(0.02) ? limits.totalStockMax + 1 : random.between(-4, 6) || 1;
  const place = { sku: randomSku(random, crowd), locationId: random.pick(locations) };
  const body = { ...place, delta, reason: "restock", ...randomKind(random) } as const;
  return random.chance(0.05) ? { ...body, reference: unwritable } : body;
}

/** Someone books a loss of what is promised, or counts it. Others buy and ship meanwhile, until more stock fills some or all of it. */
async function loseAndFill(person: Person): Promise<void> {
  const { random, time, crowd, database } = person.world;
  const levels = [...database.tables.entities.levels.values()];
  const promised = levels.filter((level) => level.reservedStock + level.committedStock > 0 && sellableIn(level) > 0);
  if (promised.length === 0) return;
  const level = random.pick(promised);
  const { sku, locationId } = level;
  const most = Math.max(0, availableIn(level)) + random.between(1, level.reservedStock + level.committedStock);
  const lost = Math.min(sellableIn(level), most);
  const loss = { sku, locationId, delta: -lost, reason: "theft", acceptsShortage: true } as const;
  const count = { sku, locationId, counted: level.totalStock - lost, acceptsShortage: true } as const;
  const { reply } = random.chance(0.5)
    ? await person.askUnderKey(() => loss, adjustStock)
    : await person.askUnderKey(() => count, countStock);
  if (reply.kind !== "ok") return;
  const sold = [...database.tables.entities.orders.values()].filter(
    ({ status, lines }) => status === "CONFIRMED" && lines.some((line) => line.sku === sku),
  );
  const shipSome = () => Promise.all(random.shuffled(sold).map(({ id }) => random.chance(0.5) && ship(person, id)));
  const cart = { locationId, lines: [{ sku, quantity: 1 as Quantity }], holdSeconds: 2 };
  await Promise.all([person.ask((id) => placeOrder(cart, id), { repeat: "once" }), shipSome()]);
  await time.sleep(random.between(0, crowd.pauseMsMax));
  const found = { sku, locationId, delta: random.between(1, lost + 2), reason: "restock" } as const;
  await person.askUnderKey(() => found, adjustStock);
  await shipSome();
}

/** What an adjustment changes, and whether a shortage is accepted. */
function randomKind(random: Random): Pick<Body<CommandOf<"AdjustStock">>, "affects" | "note" | "acceptsShortage"> {
  const affects = random.pick([undefined, undefined, undefined, undefined, "CONDITION", "UNSELLABLE"] as const);
  return {
    ...(affects && { affects }),
    ...(random.chance(0.2) && { note: "seen" }),
    ...(random.chance(0.05) && { acceptsShortage: true as const }),
  };
}
