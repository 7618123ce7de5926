import { type Command, decide, type Event, evolve, type Snapshot, type StoredLevel } from "@holdfast/domain";
import type { Planted } from "../world.ts";
import { seeing, withRules } from "./changed-rules.ts";

/** Mistakes in the rules for what people change of stock. */
export const stockEditBugs: Readonly<Record<string, Planted>> = {
  "what cannot be sold is sold": withRules({
    decide: seeing("PlaceOrder", (snapshot) => withLevels(snapshot, withoutUnsellable)),
    evolve: (snapshot, event) => {
      if (event.type !== "OrderPlaced") return evolve(snapshot, event);
      const changes = evolve(withLevels(snapshot, withoutUnsellable), event);
      return { ...changes, ...(changes.levels && { levels: changes.levels.map(kept(snapshot, "unsellableStock")) }) };
    },
  }),
  "what is kept back is sold": withRules({
    decide: seeing("PlaceOrder", (snapshot) => withLevels(snapshot, withoutSafety)),
    evolve: (snapshot, event) => {
      if (event.type !== "OrderPlaced") return evolve(snapshot, event);
      const changes = evolve(withLevels(snapshot, withoutSafety), event);
      return { ...changes, ...(changes.levels && { levels: changes.levels.map(kept(snapshot, "safetyStock")) }) };
    },
  }),
  "what comes back unsellable can be sold": withRules({
    evolve: levelsAfter(
      (event) => event.type === "SaleReversed" && event.reversal.kind === "RETURN",
      (snapshot) => kept(snapshot, "unsellableStock"),
    ),
  }),
  "what becomes unsellable is taken off the total": withRules({
    evolve: levelsAfter(
      (event) => event.type === "StockAdjusted" && event.adjustment.affects === "CONDITION",
      () => (level) => ({ ...level, totalStock: Math.max(0, level.totalStock - 1) }),
    ),
  }),
  "what is written off as unsellable stays unsellable": withRules({
    evolve: levelsAfter(
      (event) => event.type === "StockAdjusted" && event.adjustment.affects === "UNSELLABLE",
      (snapshot) => kept(snapshot, "unsellableStock"),
    ),
  }),
  "a count ignores the version at which it was counted": withRules({
    decide: asking("CountStock", ({ ifVersion: _version, ...command }) => command),
  }),
  "a count is added to what is there": withRules({
    decide: deciding((event) =>
      event.type === "StockAdjusted" && event.adjustment.counted !== undefined
        ? { ...event, adjustment: { ...event.adjustment, delta: event.adjustment.counted } }
        : event,
    ),
  }),
  "a count without a difference is not booked under its key": withRules({
    decide: asking("CountStock", ({ claim: _claim, ...command }) => command),
  }),
  "a loss of what is promised is booked unasked": withRules({
    decide: asking("AdjustStock", (command) => ({ ...command, acceptsShortage: true })),
  }),
  "a shortage that is accepted is refused": withRules({
    decide: asking("CountStock", ({ acceptsShortage: _accepts, ...command }) => command),
  }),
  "a level's change ignores the settings that its caller has seen": withRules({
    decide: asking("ChangeLevel", ({ ifSettings: _settings, ...command }) => command),
  }),
  "a level is always said to have changed": withRules({
    decide: asking("ChangeLevel", (command) =>
      command.ifSettings === undefined ? command : { ...command, ifSettings: { safetyStock: 99 } },
    ),
  }),
  "a level's threshold is lost": withRules({
    evolve: levelsAfter(
      (event) => event.type === "LevelChanged",
      (snapshot) => (level) => {
        const { lowStockThreshold: _threshold, ...rest } = level;
        const { lowStockThreshold } = snapshot.levels.get(`${level.sku}@${level.locationId}`) ?? {};
        return { ...rest, ...(lowStockThreshold !== undefined && { lowStockThreshold }) };
      },
    ),
  }),
};

function withLevels(snapshot: Snapshot, change: (level: StoredLevel) => StoredLevel): Snapshot {
  return { ...snapshot, levels: new Map([...snapshot.levels].map(([key, level]) => [key, change(level)])) };
}

function withoutUnsellable({ unsellableStock: _units, ...level }: StoredLevel): StoredLevel {
  return level;
}

function withoutSafety(level: StoredLevel): StoredLevel {
  return { ...level, safetyStock: 0 };
}

/** A level with a counter as it was before. */
function kept({ levels }: Snapshot, counter: "unsellableStock" | "safetyStock") {
  return (level: StoredLevel): StoredLevel => {
    const units = levels.get(`${level.sku}@${level.locationId}`)?.[counter] ?? 0;
    return { ...level, [counter]: units };
  };
}

/** `evolve` that changes the levels that some events lead to. */
function levelsAfter(
  isOne: (event: Event) => boolean,
  change: (snapshot: Snapshot) => (level: StoredLevel) => StoredLevel,
): typeof evolve {
  return (snapshot, event) => {
    const changes = evolve(snapshot, event);
    if (!isOne(event) || changes.levels === undefined) return changes;
    return { ...changes, levels: changes.levels.map(change(snapshot)) };
  };
}

/** `decide` that hears another command than was asked. */
function asking<T extends Command["type"]>(
  type: T,
  change: (command: Extract<Command, { readonly type: T }>) => Command,
): typeof decide {
  return (snapshot, command, now) =>
    decide(snapshot, command.type === type ? change(command as Extract<Command, { readonly type: T }>) : command, now);
}

/** `decide` with other events. */
function deciding(change: (event: Event) => Event): typeof decide {
  return (snapshot, command, now) => {
    const decision = decide(snapshot, command, now);
    return decision.kind === "accepted" ? { ...decision, events: decision.events.map(change) } : decision;
  };
}
