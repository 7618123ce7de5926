import {
  type Batch,
  type Changes,
  type Command,
  decide,
  type Event,
  evolve,
  type Instant,
  levelKey,
  type Outcome,
  type Snapshot,
  type Write,
} from "@holdfast/domain";
import type { DecideBatch } from "@holdfast/engine";
import type { Planted } from "../world.ts";

export interface Rules {
  readonly decide: typeof decide;
  readonly evolve: typeof evolve;
}

/** A system whose rules are the real ones but for the given. */
export function withRules(rules: Partial<Rules>): Planted {
  const fold = foldWith({ decide, evolve, ...rules });
  return { store: (store) => ({ transact: (transaction) => store.transact({ ...transaction, decide: fold }) }) };
}

/** The domain's own fold with other rules in it: `decideBatch` takes none, so that no product code can give it any. */
function foldWith(rules: Rules): DecideBatch {
  return (snapshot, commands, now) => {
    const draft = draftOf(snapshot);
    const events: Event[] = [];
    const outcomes = commands.map((command) => play(draft, command, now, events, rules));
    const { products, levels, orders, adjustments, corrections, holdings } = draft;
    return {
      now,
      outcomes,
      events,
      products: writes(snapshot.products, products),
      levels: writes(snapshot.levels, levels),
      orders: writes(snapshot.orders, orders),
      adjustments: writes(snapshot.adjustments, adjustments),
      corrections: writes(snapshot.corrections, corrections),
      holdings: writes(snapshot.holdings, holdings),
    } satisfies Batch;
  };
}

function play(draft: Draft, command: Command, now: Instant, events: Event[], rules: Rules): Outcome {
  try {
    const decision = rules.decide(draft, command, now);
    if (decision.kind === "replayed") return { kind: "accepted", subject: decision.subject, replayed: true };
    for (const event of decision.events) {
      apply(draft, rules.evolve(draft, event));
      events.push(event);
    }
    if (decision.kind === "refused" && !decision.recorded) return { kind: "refused", failure: decision.failure };
    const subject =
      command.type === "CreateProduct"
        ? draft.products.get(command.sku)
        : command.type === "AdjustStock"
          ? draft.adjustments.get(command.adjustmentId)
          : command.type === "CorrectStock"
            ? draft.corrections.get(command.correctionId)
            : draft.orders.get(command.orderId);
    if (subject === undefined) throw new Error("nothing was left behind");
    if (decision.kind === "refused") return { kind: "refused", failure: decision.failure, subject };
    return { kind: "accepted", subject, replayed: false };
  } catch (error) {
    return { kind: "broken", error };
  }
}

type Draft = ReturnType<typeof draftOf>;

function draftOf(base: Snapshot) {
  return {
    products: new Map(base.products),
    levels: new Map(base.levels),
    orders: new Map(base.orders),
    adjustments: new Map(base.adjustments),
    corrections: new Map(base.corrections),
    productClaims: new Map(base.productClaims),
    orderClaims: new Map(base.orderClaims),
    adjustmentClaims: new Map(base.adjustmentClaims),
    correctionClaims: new Map(base.correctionClaims),
    holdings: new Map(base.holdings),
    tallies: new Map(base.tallies),
    unreadable: base.unreadable,
  };
}

function apply(
  draft: Draft,
  { products = [], levels = [], orders = [], adjustments = [], corrections = [], holdings = [], tallies = [] }: Changes,
): void {
  for (const product of products) {
    draft.products.set(product.sku, product);
    if (product.claim) draft.productClaims.set(product.claim.key, product);
  }
  for (const level of levels) draft.levels.set(levelKey(level.sku, level.locationId), level);
  for (const order of orders) {
    draft.orders.set(order.id, order);
    if (order.claim) draft.orderClaims.set(order.claim.key, order);
  }
  for (const adjustment of adjustments) {
    draft.adjustments.set(adjustment.id, adjustment);
    if (adjustment.claim) draft.adjustmentClaims.set(adjustment.claim.key, adjustment);
  }
  for (const correction of corrections) {
    draft.corrections.set(correction.id, correction);
    if (correction.claim) draft.correctionClaims.set(correction.claim.key, correction);
  }
  // One of no units stays, so that it is written: what is stored then goes.
  for (const holding of holdings) draft.holdings.set(holding.holder, holding);
  for (const tally of tallies) draft.tallies.set(levelKey(tally.level.sku, tally.level.locationId), tally);
}

function writes<Key, Entity>(before: ReadonlyMap<Key, Entity>, after: ReadonlyMap<Key, Entity>): Write<Entity>[] {
  return [...after].flatMap(([key, entity]) =>
    before.get(key) === entity ? [] : [{ before: before.get(key), after: entity }],
  );
}
