import {
  type Batch,
  type CommandOf,
  decide,
  evolve,
  isReadable,
  levelKey,
  placedLines,
  plainLevel,
  type Read,
  type Recount,
  type Rules,
  type Snapshot,
  type StoredLevel,
  type Trust,
} from "@holdfast/domain";
import { MemoryTables } from "@holdfast/memory-store";
import type { Planted } from "../world.ts";
import { withRules } from "./changed-rules.ts";
import { evolveUnguarded } from "./unguarded.ts";

/** `decide` that sees a changed recount when a level is corrected. */
function recounting(change: (recount: Recount, command: CommandOf<"CorrectStock">) => Recount): Rules["decide"] {
  return (snapshot, command, now) => {
    if (command.type !== "CorrectStock") return decide(snapshot, command, now);
    const recounts = new Map([...snapshot.recounts].map(([key, recount]) => [key, change(recount, command)] as const));
    return decide({ ...snapshot, recounts }, command, now);
  };
}

function withoutRecounts(snapshot: Snapshot): Snapshot {
  return { ...snapshot, recounts: new Map() };
}

/** Guards no level that a correction sets. */
class WithoutCorrectionGuard extends MemoryTables {
  override unchangedSince(batch: Batch): boolean {
    const levels = batch.writes.corrections.length > 0 ? [] : batch.writes.levels;
    return super.unchangedSince({ ...batch, writes: { ...batch.writes, levels } });
  }
}

/** Shows a changed recount of a level. */
class RecountsWrongly extends MemoryTables {
  readonly #change: (recount: Recount, tables: MemoryTables) => Recount;

  constructor(change: (recount: Recount, tables: MemoryTables) => Recount) {
    super();
    this.#change = change;
  }

  override recount(level: Read<StoredLevel>, trust: Trust): Read<Recount> {
    const recount = super.recount(level, trust);
    return isReadable(recount) ? this.#change(recount, this) : recount;
  }
}

function heldByCancelled({ level, sources, ...recount }: Recount, { entities }: MemoryTables): Recount {
  let { reservedStock } = sources;
  for (const order of entities.orders.values()) {
    const { status } = order;
    if (status !== "CANCELLED") continue;
    for (const { sku, locationId, quantity } of placedLines(order)) {
      if (levelKey(sku, locationId) === levelKey(level.sku, level.locationId)) reservedStock += quantity;
    }
  }
  return { ...recount, level, sources: { ...sources, reservedStock } };
}

/** Mistakes in how an edited level is found and corrected, and in which reservations it keeps from ending. */
export const correctionBugs: Readonly<Record<string, Planted>> = {
  "a correction takes what its reviewer saw, whatever has come since": withRules({
    decide: recounting((recount, { expected }) => ({ ...recount, sources: expected })),
  }),
  "a correction loses a sale that comes meanwhile": { tables: () => new WithoutCorrectionGuard() },
  "a correction does not see what its own batch has done": withRules({
    evolve: (snapshot, event) => evolve(withoutRecounts(snapshot), event),
  }),
  "a level that adds up is corrected": withRules({
    decide: recounting((recount) => {
      const { journalled } = recount;
      return isReadable(journalled) ? { ...recount, journalled: { ...journalled, version: -1 } } : recount;
    }),
  }),
  "a correction promises more than there is": withRules({
    decide: recounting(({ level, ...recount }) => ({ ...recount, level: { ...level, safetyStock: -1_000 } })),
    evolve: (snapshot, event) => evolveUnguarded(withoutRecounts(snapshot), event),
  }),
  "a correction is refused for figures that have not changed": withRules({
    decide: (snapshot, command, now) => {
      if (command.type !== "CorrectStock") return decide(snapshot, command, now);
      const { expected } = command;
      return decide(snapshot, { ...command, expected: { ...expected, totalStock: expected.totalStock + 1 } }, now);
    },
  }),
  "a correction does not claim its key": withRules({
    decide: (snapshot, command, now) => {
      if (command.type !== "CorrectStock") return decide(snapshot, command, now);
      const { claim: _claim, ...unclaimed } = command;
      return decide(snapshot, unclaimed, now);
    },
  }),
  "a cancelled order counts as held in a recount": { tables: () => new RecountsWrongly(heldByCancelled) },
  "an edit since a level's last movement is not seen": {
    tables: () => new RecountsWrongly((recount) => ({ ...recount, journalled: plainLevel(recount.level) })),
  },
  "a late payment sells from a level that promises more than there is": withRules({
    decide: (snapshot, command, now) => {
      const lifted = [...snapshot.levels].map(([key, level]) => {
        const totalStock = Math.max(level.totalStock, level.reservedStock + level.committedStock);
        return [key, { ...level, totalStock }] as const;
      });
      return decide(
        command.type === "ConfirmOrder" ? { ...snapshot, levels: new Map(lifted) } : snapshot,
        command,
        now,
      );
    },
  }),
  "a reservation that cannot end keeps those behind it": {
    queries: (queries) => ({
      ...queries,
      dueReservations: async (now, limit) => (await queries.dueReservations(now, limit)).slice(0, 1),
    }),
  },
};
