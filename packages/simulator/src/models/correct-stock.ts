import {
  type Claim,
  type CommandOf,
  type CorrectionId,
  driftOf,
  type Failure,
  isReadable,
  levelKey,
  type Quantity,
  type Recount,
  type StockFigures,
} from "@holdfast/domain";
import { isDrifted, type LevelState, sameFigures, sellableIn } from "../checks/level-book.ts";
import { type Answered, unexpected, type Witness } from "../checks/witness.ts";
import type { Person } from "../people/person.ts";
import type { World } from "../world.ts";
import { adjustStock } from "./adjust-stock.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";
import { placeOrder } from "./place-order.ts";

export const correctStockModel: CommandModel<CommandOf<"CorrectStock">> = {
  occasions: [
    { when: "anytime", weight: () => 0.02, ask: review },
    { when: "edited", ask: review },
  ],
  *replyFaults(witness, answered) {
    const { command, reply } = answered;
    const { correctionId, expected } = command;
    const { corrections } = witness.tables.entities;
    if (reply.kind === "ok") {
      const kept = "id" in reply.subject ? corrections.get(reply.subject.id as CorrectionId) : undefined;
      if (kept === undefined || levelKey(kept.sku, kept.locationId) !== levelKey(command.sku, command.locationId)) {
        yield `${correctionId} was acknowledged and is not there as asked`;
      } else if (!sameFigures(kept.after, expected)) yield `${correctionId} set other figures than its reviewer saw`;
    } else if (reply.kind === "not_written") {
      if (corrections.has(correctionId)) yield `${correctionId} was called not written, and is`;
    } else if (reply.kind === "refused") yield* refusedFaults(witness, answered, reply.failure);
    else yield* unexpected("CorrectStock", reply);
  },
  sequence: {
    share: 0.03,
    draw: ({ random, sku, locationId, id, claim, sourcesOf }) => {
      const seen = sourcesOf(sku, locationId) ?? { totalStock: 0, reservedStock: 0, committedStock: 0 };
      const accepts = random.chance(0.2) ? ({ acceptsShortage: true } as const) : {};
      const body = { sku, locationId, reason: "review", expected: seenBy(random.chance(0.2), seen), ...accepts };
      return correctStock(body, id, claim);
    },
  },
};

export function correctStock(
  body: Body<CommandOf<"CorrectStock">>,
  id: string,
  claim?: Claim,
): CommandOf<"CorrectStock"> {
  const correctionId = `cor_${id}` as CorrectionId;
  return { type: "CorrectStock", actor: shopKey, ...body, correctionId, ...(claim && { claim }) };
}

/** Looks at the levels that do not add up, waits a while, and corrects them: mostly to what the sources said then. */
async function review(person: Person): Promise<void> {
  const { random, time, crowd } = person.world;
  const shown = await reconciliation(person.world);
  const drifted = shown.filter((recount) => driftOf(recount).length > 0);
  // Most people look, see that all is well, and go.
  if (shown.length === 0 || (drifted.length === 0 && !random.chance(0.2))) return;
  const recount = random.pick(drifted.length > 0 ? drifted : shown);
  await time.sleep(random.between(0, 2 * crowd.pauseMsMax));
  const accepts = random.chance(0.3) ? ({ acceptsShortage: true } as const) : {};
  const body = () => ({ ...bodyOf(recount), expected: seenBy(random.chance(0.1), recount.sources), ...accepts });
  const correct = () => person.askUnderKey(body, correctStock);
  const { cart, delivery } = unitOf(recount);
  const rival = { as: "'s rival", repeat: "once" } as const;
  const buy = () => person.ask((id) => placeOrder(cart, id), rival);
  const restock = () => person.ask((id) => adjustStock(delivery, id), rival);
  // It is sold and restocked meanwhile, at times in the correction's own batch.
  const rush = [buy, restock, buy, restock, correct];
  const asked = random.pick<readonly (() => Promise<unknown>)[]>([
    [correct],
    [correct, buy],
    [restock, correct],
    rush,
    rush,
  ]);
  await Promise.all(asked.map((ask) => ask()));
}

/** A unit of the level that is being corrected, bought and brought. */
function unitOf({ level: { sku, locationId } }: Recount): {
  cart: Body<CommandOf<"PlaceOrder">>;
  delivery: Body<CommandOf<"AdjustStock">>;
} {
  return {
    cart: { locationId, lines: [{ sku, quantity: 1 as Quantity }], holdSeconds: 2 },
    delivery: { sku, locationId, delta: 1, reason: "restock" },
  };
}

/** Corrects every level that does not add up. If more is promised than there is, the stock is counted first. */
export async function correctAll(person: Person): Promise<void> {
  for (;;) {
    const drifted = (await reconciliation(person.world)).filter((recount) => driftOf(recount).length > 0);
    if (drifted.length === 0) return;
    for (const recount of drifted) {
      const { sku, locationId } = recount.level;
      const reply = await person.ask((id) => correctStock(bodyOf(recount), id));
      if (reply.kind !== "refused" || reply.failure.code !== "stock_promised") continue;
      const delta = reply.failure.requested - reply.failure.available;
      await person.ask((id) => adjustStock({ sku, locationId, delta, reason: "correction" }, id), { repeat: "once" });
    }
  }
}

/** Every level beside its sources, as the shop shows them. A difference from the book is a broken promise. */
async function reconciliation({ database, ledger, history }: World): Promise<Recount[]> {
  const recounts = (await database.queries.recounts({}, { limit: 100 })).filter(isReadable);
  for (const recount of recounts) {
    const key = levelKey(recount.level.sku, recount.level.locationId);
    const state = ledger.levels.states.get(key);
    if (state === undefined) continue;
    if (!sameFigures(recount.sources, state.due)) {
      history.violate(`${key} is recounted as ${JSON.stringify(recount.sources)}, not ${JSON.stringify(state.due)}`);
    }
    const addsUp = driftOf(recount).length === 0;
    if (addsUp === isDrifted(state))
      history.violate(`${key} is shown ${addsUp ? "to add up" : "not to"}, and it is otherwise`);
  }
  return recounts;
}

function bodyOf(recount: Recount): Body<CommandOf<"CorrectStock">> {
  const { sku, locationId } = recount.level;
  return { sku, locationId, reason: "reviewed", expected: recount.sources };
}

/** What a reviewer sends: what was seen, or a slip of the pen. */
function seenBy(slips: boolean, seen: StockFigures): StockFigures {
  return slips ? { ...seen, totalStock: seen.totalStock + 1 } : seen;
}

/** Checks that the reason was true at some point between the request and its reply. */
function* refusedFaults(
  witness: Witness,
  { command, from, to }: Answered<CommandOf<"CorrectStock">>,
  failure: Failure,
): Iterable<string> {
  const { correctionId, sku, locationId, expected, claim } = command;
  const wasOnce = (state: (state: LevelState) => boolean) =>
    witness.levelBetween(sku, locationId, from, to).some(state);
  switch (failure.code) {
    case "product_not_found":
      yield* witness.noProducts(failure.skus, from);
      return;
    case "location_not_found":
      yield* witness.noLocations(failure.locationIds, from);
      return;
    case "idempotency_key_reused":
      yield* witness.reusedKey("corrections", claim);
      return;
    case "nothing_to_correct":
      if (!wasOnce((state) => !isDrifted(state))) yield `${correctionId} was refused, and its level did not add up`;
      return;
    case "drift_changed": {
      const asShown = ({ counted, due }: LevelState) =>
        sameFigures(counted, failure.counted) && sameFigures(due, failure.expected);
      const changed = !sameFigures(failure.expected, expected);
      if (!changed || !wasOnce((state) => isDrifted(state) && asShown(state))) {
        yield `${correctionId} was refused for a change that was none`;
      }
      return;
    }
    case "stock_promised": {
      const { requested, available } = failure;
      const isThere = ({ counted }: LevelState) => available >= Math.min(0, sellableIn(counted));
      if (command.acceptsShortage && !wasOnce((state) => !isThere(state)))
        yield `${correctionId} was refused a shortage that it accepts`;
      const short = ({ due, counted }: LevelState) =>
        sameFigures(due, expected) &&
        due.reservedStock + due.committedStock + counted.safetyStock === requested &&
        sellableIn(due) === available;
      if (available >= requested || !wasOnce((state) => isDrifted(state) && short(state))) {
        yield `${correctionId} was refused for promises that there were not`;
      }
      return;
    }
    default:
      yield* unexpected("CorrectStock", { kind: "refused", failure });
  }
}
