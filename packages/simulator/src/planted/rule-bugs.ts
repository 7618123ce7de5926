import {
  type Command,
  type Decision,
  decide,
  type Event,
  evolve,
  type Instant,
  type Rules,
  type Snapshot,
  shownOrder,
} from "@holdfast/domain";
import type { Planted } from "../world.ts";
import { seeing, withRules, withStatus } from "./changed-rules.ts";
import { evolveUnguarded, withStock } from "./unguarded.ts";

const secondMs = 1_000;

/** `decide` with changed events. */
function saying(change: (event: Event, command: Command) => Event[]): Rules["decide"] {
  return (snapshot, command, now) => {
    const decision = decide(snapshot, command, now);
    if (decision.kind === "replayed") return decision;
    return { ...decision, events: decision.events.flatMap((event) => change(event, command)) };
  };
}

/** Mistakes in the rules. */
export const ruleBugs: Readonly<Record<string, Planted>> = {
  "a dry run holds what it asks about": {
    store: (store) => ({
      transact: (transaction) => store.transact({ ...transaction, commands: transaction.commands.map(inEarnest) }),
    }),
  },
  "a dry run does not look at the stock": withRules({
    decide: (snapshot, command, now) =>
      decide("dryRun" in command ? withStock(snapshot, 1_000) : snapshot, command, now),
  }),
  "stock is not checked": withRules({
    decide: seeing("PlaceOrder", (snapshot) => withStock(snapshot, 1_000)),
    evolve: evolveUnguarded,
  }),
  "one unit too many can be held": withRules({
    decide: seeing("PlaceOrder", (snapshot) => withStock(snapshot, 1)),
    evolve: evolveUnguarded,
  }),
  "the last unit cannot be held": withRules({ decide: seeing("PlaceOrder", (snapshot) => withStock(snapshot, -1)) }),
  "two lines of one SKU are checked apart": withRules({ decide: checkApart, evolve: evolveUnguarded }),
  "half a cart is held": withRules({ decide: holdWhatIsThere }),
  "a reservation expires a second early": withRules({
    decide: (snapshot, command, now) =>
      decide(snapshot, command, (command.type === "ExpireOrder" ? now + secondMs : now) as Instant),
  }),
  "a reservation that has run out is sold as if it were active": withRules({
    decide: (snapshot, command, now) =>
      decide(snapshot, command, (command.type === "ConfirmOrder" ? now - 60 * secondMs : now) as Instant),
  }),
  "a late payment sells without looking": withRules({
    decide: seeing("ConfirmOrder", (snapshot) => withStock(snapshot, 1_000)),
    evolve: evolveUnguarded,
  }),
  "a late payment's refund is not recorded": withRules({
    decide: saying((event) => (event.type === "LatePaymentRefused" ? [] : [event])),
  }),
  "a late payment is refused though there is stock": withRules({
    decide: seeing("ConfirmOrder", (snapshot) => withStock(snapshot, -1_000)),
  }),
  "an order that was sold can be cancelled": withRules({
    decide: (snapshot, command, now) => {
      if (command.type !== "CancelOrder") return decide(snapshot, command, now);
      return decide(withStatus(snapshot, command, "CONFIRMED", "PENDING_PAYMENT"), command, now);
    },
    evolve: (snapshot, event) => {
      const order = "orderId" in event ? snapshot.orders.get(event.orderId) : undefined;
      if (event.type !== "OrderCancelled" || order === undefined) return evolveUnguarded(snapshot, event);
      const orders = new Map([...snapshot.orders, [order.id, { ...order, status: "PENDING_PAYMENT" as const }]]);
      return evolveUnguarded({ ...snapshot, orders }, event);
    },
  }),
  "an expired reservation is released twice": withRules({
    evolve: (snapshot, event) => {
      if (event.type !== "OrderExpired") return evolve(snapshot, event);
      return evolveUnguarded(snapshot, { ...event, lines: event.lines.map(twice) });
    },
  }),
  "a confirmed order's stock is not booked": withRules({
    evolve: (snapshot, event) => {
      const changes = evolve(snapshot, event);
      return event.type === "OrderConfirmed" ? { ...changes, levels: [] } : changes;
    },
  }),
  "a movement takes two versions": withRules({
    evolve: (snapshot, event) => {
      const changes = evolve(snapshot, event);
      if (event.type !== "OrderCancelled") return changes;
      return { ...changes, levels: (changes.levels ?? []).map((level) => ({ ...level, version: level.version + 1 })) };
    },
  }),
  "an order does not claim its key": withRules({
    decide: saying((event) => {
      if (event.type !== "OrderPlaced") return [event];
      const { claim: _claim, ...order } = event.order;
      return [{ ...event, order }];
    }),
  }),
  "a key's other body is taken for the first": withRules({ decide: ignoreFingerprint }),
  "a replay tells the order as it is now": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (decision.kind !== "replayed" || command.type !== "PlaceOrder") return decision;
      const made = snapshot.claims.orders.get(command.claim?.key ?? "");
      return made === undefined ? decision : { ...decision, subject: shownOrder(made, snapshot) };
    },
  }),
};

function twice<Line extends { readonly quantity: number }>(line: Line): Line {
  return { ...line, quantity: line.quantity * 2 };
}

function checkApart(snapshot: Snapshot, command: Command, now: Instant): Decision {
  if (command.type !== "PlaceOrder") return decide(snapshot, command, now);
  for (const line of command.lines) {
    const alone = decide(snapshot, { ...command, lines: [line] }, now);
    if (alone.kind === "refused") return alone;
  }
  return decide(withStock(snapshot, 1_000), command, now);
}

function holdWhatIsThere(snapshot: Snapshot, command: Command, now: Instant): Decision {
  const decision = decide(snapshot, command, now);
  if (command.type !== "PlaceOrder" || decision.kind !== "refused") return decision;
  if (decision.failure.code !== "insufficient_stock") return decision;
  const short = new Set(decision.failure.shortfalls.map(({ sku }) => sku));
  const lines = command.lines.filter(({ sku }) => !short.has(sku));
  return lines.length === 0 ? decision : decide(snapshot, { ...command, lines }, now);
}

function ignoreFingerprint(snapshot: Snapshot, command: Command, now: Instant): Decision {
  if (command.type !== "PlaceOrder" || command.claim === undefined) return decide(snapshot, command, now);
  const fingerprint = snapshot.claims.orders.get(command.claim.key)?.claim?.fingerprint ?? command.claim.fingerprint;
  return decide(snapshot, { ...command, claim: { ...command.claim, fingerprint } }, now);
}

function inEarnest(command: Command): Command {
  if (!("dryRun" in command)) return command;
  const { dryRun: _dryRun, ...earnest } = command;
  return earnest;
}
