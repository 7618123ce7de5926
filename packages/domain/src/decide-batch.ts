import type { Adjustment } from "./adjustment.ts";
import { assert } from "./bug.ts";
import type { Command } from "./commands.ts";
import type { Correction } from "./correction.ts";
import { decide } from "./decide.ts";
import type { Subject } from "./decision.ts";
import { Draft, holdingsBetween, type Write, writesBetween } from "./draft.ts";
import type { Event } from "./events.ts";
import { evolve } from "./evolve.ts";
import type { Failure } from "./failures.ts";
import type { Holding } from "./holding.ts";
import type { Instant } from "./ids.ts";
import type { Order } from "./order.ts";
import type { Product } from "./product.ts";
import type { Snapshot } from "./snapshot.ts";
import type { StockLevel } from "./stock-level.ts";

/** What became of one command. */
export type Outcome =
  | { readonly kind: "accepted"; readonly subject: Subject; readonly replayed: boolean }
  /** `subject`: what has a record of it. */
  | { readonly kind: "refused"; readonly failure: Failure; readonly subject?: Subject }
  /** The command ran into a bug of ours. The others of its batch are as if it had never been asked. */
  | { readonly kind: "broken"; readonly error: unknown };

/** What a batch of commands comes to: an outcome each, and what a store has to write, all of it or nothing. */
export interface Batch {
  readonly now: Instant;
  /** One a command, in the same order. */
  readonly outcomes: readonly Outcome[];
  readonly events: readonly Event[];
  readonly products: readonly Write<Product>[];
  readonly levels: readonly Write<StockLevel>[];
  readonly orders: readonly Write<Order>[];
  readonly adjustments: readonly Write<Adjustment>[];
  readonly corrections: readonly Write<Correction>[];
  /** Guarded by their units: nothing else of a holding counts. Of 0 units afterwards: to be taken away. */
  readonly holdings: readonly Write<Holding>[];
}

/**
 * Decides commands in order, each on the state that the ones before it left: a batch answers exactly as the same
 * commands one by one would.
 */
export function decideBatch(snapshot: Snapshot, commands: readonly Command[], now: Instant): Batch {
  return fold(snapshot, commands, now, new Map());
}

/** A command that throws is set aside as broken, and the fold begins again without it. */
function fold(
  snapshot: Snapshot,
  commands: readonly Command[],
  now: Instant,
  broken: ReadonlyMap<number, unknown>,
): Batch {
  const draft = new Draft(snapshot);
  const outcomes: Outcome[] = [];
  const events: Event[] = [];
  for (const [index, command] of commands.entries()) {
    if (broken.has(index)) {
      outcomes.push({ kind: "broken", error: broken.get(index) });
      continue;
    }
    try {
      outcomes.push(play(draft, command, now, events));
    } catch (error) {
      return fold(snapshot, commands, now, new Map([...broken, [index, error]]));
    }
  }
  return {
    now,
    outcomes,
    events,
    products: writesBetween(snapshot.products, draft.products),
    levels: writesBetween(snapshot.levels, draft.levels),
    orders: writesBetween(snapshot.orders, draft.orders),
    adjustments: writesBetween(snapshot.adjustments, draft.adjustments),
    corrections: writesBetween(snapshot.corrections, draft.corrections),
    holdings: holdingsBetween(snapshot.holdings, draft.holdings),
  };
}

function play(draft: Draft, command: Command, now: Instant, events: Event[]): Outcome {
  const decision = decide(draft, command, now);
  if (decision.kind === "replayed") return { kind: "accepted", subject: decision.subject, replayed: true };
  for (const event of decision.events) {
    draft.apply(evolve(draft, event));
    events.push(event);
  }
  if (decision.kind === "refused" && !decision.recorded) return { kind: "refused", failure: decision.failure };
  const subject = subjectOf(draft, command);
  if (decision.kind === "refused") return { kind: "refused", failure: decision.failure, subject };
  return { kind: "accepted", subject, replayed: false };
}

function subjectOf(draft: Draft, command: Command): Subject {
  const subject =
    command.type === "CreateProduct"
      ? draft.products.get(command.sku)
      : command.type === "AdjustStock"
        ? draft.adjustments.get(command.adjustmentId)
        : command.type === "CorrectStock"
          ? draft.corrections.get(command.correctionId)
          : draft.orders.get(command.orderId);
  assert(subject !== undefined, `${command.type} was recorded and left nothing behind`);
  return subject;
}
