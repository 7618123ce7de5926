import {
  type Command,
  decide,
  type Event,
  evolve,
  levelKey,
  type Snapshot,
  type StoredLevel,
  shortStock,
  type Transfer,
} from "@holdfast/domain";
import type { Planted } from "../world.ts";
import { seeing, withRules } from "./changed-rules.ts";
import { evolveUnguarded } from "./unguarded.ts";

/** Mistakes with units between places. */
export const transferBugs: Readonly<Record<string, Planted>> = {
  "units that are to be sent can be sold meanwhile": withRules({
    evolve: levelsAfter("TransferCreated", (_before, level) => ({ ...level, reservedStock: 0 })),
  }),
  "units on their way count as there": withRules({
    evolve: levelsAfter("TransferShipped", (before, level) => {
      const more = (level.incomingStock ?? 0) - (before?.incomingStock ?? 0);
      return more > 0 ? { ...level, totalStock: level.totalStock + more } : level;
    }),
  }),
  "what has arrived stays expected": withRules({
    evolve: levelsAfter("TransferReceived", (before, level) => ({
      ...level,
      incomingStock: before?.incomingStock ?? 0,
    })),
  }),
  "what arrives broken can be sold": withRules({
    evolve: levelsAfter("TransferReceived", (before, level) => ({
      ...level,
      unsellableStock: before?.unsellableStock ?? 0,
    })),
  }),
  "more arrives than was sent": withRules({
    decide: (snapshot, command, now) =>
      decide(command.type === "ReceiveTransfer" ? forgettingReceipts(snapshot) : snapshot, command, now),
    evolve: (snapshot, event) =>
      event.type === "TransferReceived"
        ? evolveUnguarded(forgettingReceipts(snapshot), event)
        : evolve(snapshot, event),
  }),
  "a transfer is called received as soon as some of it has arrived": withRules({
    decide: deciding((event) =>
      event.type === "TransferReceived"
        ? { ...event, receipt: { ...event.receipt, transferStatus: "RECEIVED" } }
        : event,
    ),
  }),
  "what comes back is lost": withRules({
    evolve: levelsAfter("TransferCancelled", (before, level) => ({ ...level, totalStock: before?.totalStock ?? 0 })),
  }),
  "a transfer that was cancelled keeps its units": withRules({
    evolve: levelsAfter("TransferCancelled", (before, level) => ({
      ...level,
      reservedStock: before?.reservedStock ?? 0,
    })),
  }),
  "what was lost stays expected": withRules({
    evolve: levelsAfter("TransferClosed", (before, level) => ({ ...level, incomingStock: before?.incomingStock ?? 0 })),
  }),
  "units are sent to a place that is closed": withRules({
    decide: seeing("CreateTransfer", (snapshot) => ({
      ...snapshot,
      locations: new Map([...snapshot.locations].map(([id, place]) => [id, { ...place, active: true }])),
    })),
  }),
  "what buyers lack is sent elsewhere": withRules({
    decide: seeing("ShipTransfer", (snapshot) => ({
      ...snapshot,
      levels: new Map(
        [...snapshot.levels].map(([key, level]) => [
          key,
          { ...level, totalStock: level.totalStock + shortStock(level) },
        ]),
      ),
    })),
  }),
  "a transfer leaves twice": withRules({
    decide: seeing("ShipTransfer", unshipped),
    evolve: (snapshot, event) =>
      evolveUnguarded(event.type === "TransferShipped" ? unshipped(snapshot) : snapshot, event),
  }),
  "a receipt does not claim its key": withRules({ decide: unclaimed("ReceiveTransfer") }),
  "a transfer does not claim its key": withRules({ decide: unclaimed("CreateTransfer") }),
};

/** Every transfer as if nothing of it had arrived yet. */
function forgettingReceipts(snapshot: Snapshot): Snapshot {
  return withTransfers(snapshot, (transfer) => ({
    ...transfer,
    status: transfer.status === "RECEIVED" ? "IN_TRANSIT" : transfer.status,
    lines: transfer.lines.map((line) => ({ ...line, receivedQuantity: 0 })),
  }));
}

function unshipped(snapshot: Snapshot): Snapshot {
  return withTransfers(snapshot, ({ shippedAt: _at, ...transfer }) => ({
    ...transfer,
    status: transfer.status === "IN_TRANSIT" ? "PENDING" : transfer.status,
  }));
}

function withTransfers(snapshot: Snapshot, change: (transfer: Transfer) => Transfer): Snapshot {
  return { ...snapshot, transfers: new Map([...snapshot.transfers].map(([id, each]) => [id, change(each)])) };
}

/** `evolve` that changes the levels that events of a type lead to. `before`: the level as it was, where there was one. */
function levelsAfter(
  type: Event["type"],
  change: (before: StoredLevel | undefined, level: StoredLevel) => StoredLevel,
): typeof evolve {
  return (snapshot, event) => {
    const changes = evolve(snapshot, event);
    if (event.type !== type || changes.levels === undefined) return changes;
    const levels = changes.levels.map((level) =>
      change(snapshot.levels.get(levelKey(level.sku, level.locationId)), level),
    );
    return { ...changes, levels };
  };
}

/** `decide` with other events. */
function deciding(change: (event: Event) => Event): typeof decide {
  return (snapshot, command, now) => {
    const decision = decide(snapshot, command, now);
    return decision.kind === "accepted" ? { ...decision, events: decision.events.map(change) } : decision;
  };
}

function unclaimed(type: Extract<Command, { readonly claim?: unknown }>["type"]): typeof decide {
  return (snapshot, command, now) => {
    if (command.type !== type || !("claim" in command)) return decide(snapshot, command, now);
    const { claim: _claim, ...rest } = command;
    return decide(snapshot, rest, now);
  };
}
