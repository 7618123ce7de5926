import type { AdjustmentId, Claim, CommandOf } from "@holdfast/domain";
import { availableIn, sellableIn } from "../checks/level-book.ts";
import { unexpected } from "../checks/witness.ts";
import { randomSku } from "../people/crowd.ts";
import type { Person } from "../people/person.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";

type CountStock = CommandOf<"CountStock">;

export const countStockModel: CommandModel<CountStock> = {
  occasions: [{ when: "anytime", weight: () => 0.03, ask: take }],
  *replyFaults(witness, { command, reply, from, to }) {
    const { adjustmentId, sku, locationId, counted, ifVersion, acceptsShortage, claim } = command;
    const { adjustments } = witness.tables.entities;
    const states = witness.levelBetween(sku, locationId, from, to).map((state) => state.counted);
    if (reply.kind === "ok") {
      const kept = "id" in reply.subject ? adjustments.get(reply.subject.id as AdjustmentId) : undefined;
      if (kept?.counted !== counted || kept.sku !== sku || kept.locationId !== locationId)
        yield `${adjustmentId} was acknowledged and is not there as asked`;
      else if (ifVersion !== undefined && kept.after.version !== ifVersion + 1)
        yield `${adjustmentId} was counted at v${ifVersion}, and booked at v${kept.after.version - 1}`;
    } else if (reply.kind === "not_written") {
      if (adjustments.has(adjustmentId)) yield `${adjustmentId} was called not written, and is`;
    } else if (reply.kind === "refused" && reply.failure.code === "level_changed") {
      const { version } = reply.failure;
      if (ifVersion === undefined || ifVersion === version || !states.some((state) => state.version === version))
        yield `${adjustmentId} was falsely refused as stale`;
    } else if (reply.kind === "refused" && reply.failure.code === "stock_promised") {
      const breaks = states.some(
        (state) => counted < state.totalStock && availableIn(state) < state.totalStock - counted,
      );
      if (acceptsShortage || !breaks) yield `${adjustmentId} was refused for stock that was there`;
    } else if (reply.kind === "refused" && reply.failure.code === "stock_not_there") {
      const lacks = (state: (typeof states)[number]) =>
        counted - state.unsellableStock < Math.min(0, sellableIn(state));
      if (!states.some(lacks)) yield `${adjustmentId} was refused for want of units that were there`;
    } else if (reply.kind === "refused" && reply.failure.code === "product_not_found") {
      yield* witness.noProducts(reply.failure.skus, from);
    } else if (reply.kind === "refused" && reply.failure.code === "location_not_found") {
      yield* witness.noLocations(reply.failure.locationIds, from);
    } else if (reply.kind === "refused" && reply.failure.code === "idempotency_key_reused") {
      yield* witness.reusedKey("adjustments", claim);
    } else yield* unexpected("CountStock", reply);
  },
  sequence: {
    share: 0.06,
    draw: ({ random, sku, locationId, id, claim }) => {
      const ifVersion = random.chance(0.3) ? { ifVersion: random.between(0, 9) } : {};
      const accepts = random.chance(0.2) ? ({ acceptsShortage: true } as const) : {};
      return countStock({ sku, locationId, counted: random.between(0, 9), ...ifVersion, ...accepts }, id, claim);
    },
  },
};

/** Someone looks at a level, counts what is there, mostly right, and sends it a while later. */
async function take(person: Person): Promise<void> {
  const { random, crowd, database, time } = person.world;
  const [sku, locationId] = [randomSku(random, crowd), random.pick(crowd.locations)];
  const { version = 0, totalStock = 0 } = database.tables.entities.levels.get(`${sku}@${locationId}`) ?? {};
  const counted = Math.max(0, totalStock + random.pick([0, 0, 1, -1, -3]));
  const ifVersion = random.chance(0.5) ? { ifVersion: version } : {};
  const accepts = random.chance(0.2) ? ({ acceptsShortage: true } as const) : {};
  if (random.chance(0.3)) await time.sleep(random.between(0, 100));
  await person.askUnderKey(() => ({ sku, locationId, counted, ...ifVersion, ...accepts }), countStock);
}

export function countStock(body: Body<CountStock>, id: string, claim?: Claim): CountStock {
  const adjustmentId = `adj_${id}` as AdjustmentId;
  return { type: "CountStock", actor: shopKey, ...body, adjustmentId, ...(claim && { claim }) };
}
