// A part of the oracle, which ledger.ts keeps: derive nothing here from the domain's rules.
import type { LocationId } from "@holdfast/domain";
import type { MemoryTables } from "@holdfast/memory-store";

/** A location from a point of the ledger's time on. */
export interface LocationState {
  readonly from: number;
  readonly version: number;
  readonly name: string;
  readonly priority: number;
  readonly active: boolean;
}

const main = "main" as LocationId;

/** What every location was called, and whether it promised anything new, at every point, by the events alone. */
export class LocationBook {
  readonly #states = new Map<LocationId, LocationState[]>([
    [main, [{ from: 0, version: 1, name: "Main", priority: 0, active: true }]],
  ]);

  *enter(id: LocationId, location: Omit<LocationState, "from">, point: number, isNew: boolean): Iterable<string> {
    const states = this.#states.get(id) ?? [];
    const before = states.at(-1)?.version ?? 0;
    if (isNew !== (before === 0)) yield `${id} was ${isNew ? "opened twice" : "changed before it was opened"}`;
    if (location.version !== before + 1) yield `version ${location.version} of ${id} follows on ${before}`;
    const { version, name, priority, active } = location;
    this.#states.set(id, [...states, { from: point, version, name, priority, active }]);
  }

  /** What is wrong with stock that is moved at a location now. `promises`: whether it is promised anew. */
  *moveFaults(about: string, id: LocationId, promises: boolean): Iterable<string> {
    const state = this.#states.get(id)?.at(-1);
    if (state === undefined) yield `${about} is at ${id}, which does not exist`;
    else if (promises && !state.active) yield `${about} was promised at ${id}, which is closed`;
  }

  /** Every state that a location was in at some point between two; none where it was not there yet. */
  between(id: LocationId, from: number, to: number): LocationState[] {
    const states = this.#states.get(id) ?? [];
    return states.filter((state, index) => {
      const end = states[index + 1]?.from ?? Number.POSITIVE_INFINITY;
      return state.from <= to && end > from;
    });
  }

  /** Those that promised at a point, in the order in which they do. */
  activeAt(point: number): LocationId[] {
    const active = [...this.#states.keys()].flatMap((id) => {
      const state = this.between(id, point, point).at(-1);
      return state?.active === true ? [{ id, priority: state.priority }] : [];
    });
    return active
      .sort((one, other) => one.priority - other.priority || (one.id < other.id ? -1 : 1))
      .map(({ id }) => id);
  }

  /** Whether a location was opened or changed after a point. */
  hasChanged(id: LocationId, point: number): boolean {
    return (this.#states.get(id)?.at(-1)?.from ?? 0) > point;
  }

  /** A location as it was opened, once it was. */
  opened(id: LocationId): LocationState | undefined {
    return this.#states.get(id)?.[0];
  }

  /** Every state that any location was ever in, a location at a time. */
  all(): (LocationState & { readonly id: LocationId })[] {
    return [...this.#states].flatMap(([id, states]) => states.map((state) => ({ id, ...state })));
  }

  /** What is wrong with the locations in the tables, right after a commit. */
  *faults({ entities: { locations } }: MemoryTables): Iterable<string> {
    for (const { id, version, name, priority, active } of locations.values()) {
      const state = this.#states.get(id)?.at(-1);
      const words = JSON.stringify([version, name, priority, active]);
      const booked = JSON.stringify(state && [state.version, state.name, state.priority, state.active]);
      if (words !== booked) yield `${id} is ${words}, and its events say ${booked}`;
    }
    if (locations.size !== this.#states.size) yield `there are ${locations.size} locations of ${this.#states.size}`;
  }
}
