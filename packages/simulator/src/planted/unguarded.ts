import { type Changes, type Event, evolve, type Snapshot, type StoredLevel } from "@holdfast/domain";

/** The snapshot with `more` units of total stock more at every level. */
export function withStock(snapshot: Snapshot, more: number): Snapshot {
  const levels = new Map([...snapshot.levels].map(([key, level]) => [key, changed(level, more)] as const));
  return { ...snapshot, levels };
}

/** `evolve` without its last assertion: it lets a level go below zero, so that the simulator has to notice. */
export function evolveUnguarded(snapshot: Snapshot, event: Event): Changes {
  const units = 1_000_000;
  const high = new Map(
    [...snapshot.levels].map(([key, level]) => {
      const { reservedStock, committedStock } = level;
      return [
        key,
        { ...changed(level, 3 * units), reservedStock: reservedStock + units, committedStock: committedStock + units },
      ] as const;
    }),
  );
  const changes = evolve({ ...snapshot, levels: high }, event);
  const levels = changes.levels?.map((level) => {
    const { reservedStock, committedStock } = level;
    // A level that was not in the snapshot has not been lifted.
    if (level.totalStock < units) return level;
    return {
      ...changed(level, -3 * units),
      reservedStock: reservedStock - units,
      committedStock: committedStock - units,
    };
  });
  return levels === undefined ? changes : { ...changes, levels };
}

function changed(level: StoredLevel, more: number): StoredLevel {
  return { ...level, totalStock: level.totalStock + more };
}
