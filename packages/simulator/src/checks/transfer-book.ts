// A part of the oracle, which ledger.ts keeps: derive nothing here from the domain's rules.
import type { Event, LocationId, Receipt, Sku, StockFigures, TransferId, TransferStatus } from "@holdfast/domain";
import type { MemoryTables } from "@holdfast/memory-store";

/** What became of a SKU's units. */
interface Units {
  readonly quantity: number;
  readonly received: number;
  readonly lost: number;
  readonly back: number;
}

/** A transfer from a point of the ledger's time on. */
export interface TransferState {
  readonly from: number;
  readonly version: number;
  readonly status: TransferStatus;
  /** Whether it has left its source, or never had one. */
  readonly isOut: boolean;
  readonly source: LocationId | undefined;
  readonly target: LocationId;
  readonly units: ReadonlyMap<Sku, Units>;
}

/** A level that an event moves, and how. */
export interface TransferMove {
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly change: Partial<StockFigures>;
}

type Created = Extract<Event, { readonly type: "TransferCreated" }>;
type Step = Extract<Event, { readonly type: "TransferShipped" | "TransferClosed" | "TransferCancelled" }>;

/** Every transfer at every point, by the events alone. */
export class TransferBook {
  readonly #states = new Map<TransferId, TransferState[]>();

  *create({ transferId, transfer }: Created, point: number): Generator<string, TransferMove[]> {
    const { fromLocationId: source, toLocationId: target, lines, status, version } = transfer;
    if (this.#states.has(transferId)) yield `${transferId} was made twice`;
    if (source === target) yield `${transferId} goes from ${target} to ${target}`;
    const units = new Map(lines.map(({ sku, quantity }) => [sku, { quantity, received: 0, lost: 0, back: 0 }]));
    if (units.size !== lines.length) yield `${transferId} has a SKU on two lines`;
    const isOut = source === undefined;
    if (status !== (isOut ? "IN_TRANSIT" : "PENDING") || version !== 1) yield `${transferId} begins as ${status}`;
    this.#states.set(transferId, [{ from: point, version: 1, status, isOut, source, target, units }]);
    return lines.map(({ sku, quantity }) =>
      source === undefined
        ? { sku, locationId: target, change: { incomingStock: quantity } }
        : { sku, locationId: source, change: { reservedStock: quantity } },
    );
  }

  /** All that is still open leaves, is lost, or stays and comes back. */
  *step({ type, transferId, lines }: Step, point: number): Generator<string, TransferMove[]> {
    const before = this.#now(transferId);
    if (before === undefined) {
      yield `${type} of a transfer that was never made`;
      return [];
    }
    const finds = {
      TransferShipped: ["PENDING"],
      TransferClosed: ["IN_TRANSIT"],
      TransferCancelled: ["PENDING", "IN_TRANSIT"],
    };
    if (!finds[type].includes(before.status)) yield `${type} of ${transferId}, which is ${before.status}`;
    const open = [...before.units].filter(([, units]) => openOf(units) > 0);
    const said = lines.map(({ sku, quantity }) => `${sku} ${quantity}`).sort();
    const due = open.map(([sku, units]) => `${sku} ${openOf(units)}`).sort();
    if (said.join() !== due.join()) yield `${type} of ${transferId} moves ${said}, and ${due} are open`;
    const gone = { TransferShipped: undefined, TransferClosed: "lost", TransferCancelled: "back" } as const;
    const units = new Map(
      [...before.units].map(([sku, each]) => {
        const field = gone[type];
        return [sku, field !== undefined ? { ...each, [field]: each[field] + openOf(each) } : each] as const;
      }),
    );
    const status = { TransferShipped: "IN_TRANSIT", TransferClosed: "CLOSED", TransferCancelled: "CANCELLED" } as const;
    const isOut = before.isOut || type === "TransferShipped";
    this.#enter(transferId, { ...before, units, isOut, status: status[type] }, point);
    return open.flatMap(([sku, each]) => movesOf(type, before, sku, openOf(each)));
  }

  *receive({ id, transferId, lines, transferStatus }: Receipt, point: number): Generator<string, TransferMove[]> {
    const before = this.#now(transferId);
    if (before?.status !== "IN_TRANSIT") yield `${id} is of ${transferId}, which is ${before?.status ?? "no transfer"}`;
    if (before === undefined) return [];
    const units = new Map(before.units);
    const changes = new Map<Sku, { totalStock: number; unsellableStock: number; incomingStock: number }>();
    for (const { sku, locationId, quantity, condition } of lines) {
      const each = units.get(sku);
      if (locationId !== before.target)
        yield `${id} arrives at ${locationId}, and ${transferId} goes to ${before.target}`;
      if (each === undefined || openOf(each) < quantity) yield `${id} receives more ${sku} than is on its way`;
      if (each !== undefined) units.set(sku, { ...each, received: each.received + quantity });
      const { totalStock = 0, unsellableStock = 0, incomingStock = 0 } = changes.get(sku) ?? {};
      changes.set(sku, {
        totalStock: totalStock + quantity,
        unsellableStock: unsellableStock + (condition === "UNSELLABLE" ? quantity : 0),
        incomingStock: incomingStock - quantity,
      });
    }
    const status = [...units.values()].every((each) => openOf(each) === 0) ? "RECEIVED" : "IN_TRANSIT";
    if (transferStatus !== status) yield `${id} says that ${transferId} is ${transferStatus}`;
    this.#enter(transferId, { ...before, units, status }, point);
    return [...changes].map(([sku, change]) => ({ sku, locationId: before.target, change }));
  }

  /** Every state that a transfer was in at some point between two; none where it was not there yet. */
  between(id: TransferId, from: number, to: number): TransferState[] {
    const states = this.#states.get(id) ?? [];
    return states.filter((state, index) => {
      const end = states[index + 1]?.from ?? Number.POSITIVE_INFINITY;
      return state.from <= to && end > from;
    });
  }

  /** Every transfer as it is. */
  latest(): (readonly [TransferId, TransferState])[] {
    return [...this.#states].flatMap(([id, states]) => states.slice(-1).map((state) => [id, state] as const));
  }

  /** The point at which a transfer was made. */
  made(id: TransferId): number | undefined {
    return this.#states.get(id)?.[0]?.from;
  }

  /** What is wrong with the transfers in the tables, right after a commit. */
  *faults({ entities: { transfers } }: MemoryTables): Iterable<string> {
    for (const { id, version, status, lines } of transfers.values()) {
      const state = this.#now(id);
      const words = lines.map(({ sku, quantity, receivedQuantity = 0, lostQuantity = 0, returnedQuantity = 0 }) =>
        [sku, quantity, receivedQuantity, lostQuantity, returnedQuantity].join(" "),
      );
      const booked = [...(state?.units ?? [])].map(([sku, { quantity, received, lost, back }]) =>
        [sku, quantity, received, lost, back].join(" "),
      );
      if (status !== state?.status || version !== state.version || words.join() !== booked.join())
        yield `${id} is ${status} v${version} (${words}), and its events say ${state?.status} v${state?.version} (${booked})`;
    }
    if (transfers.size !== this.#states.size) yield `there are ${transfers.size} transfers of ${this.#states.size}`;
  }

  #now(id: TransferId): TransferState | undefined {
    return this.#states.get(id)?.at(-1);
  }

  #enter(id: TransferId, state: TransferState, point: number): void {
    const states = this.#states.get(id) ?? [];
    this.#states.set(id, [...states, { ...state, from: point, version: state.version + 1 }]);
  }
}

/** Units that have yet to leave or to arrive. */
export function openOf({ quantity, received, lost, back }: Units): number {
  return quantity - received - lost - back;
}

function movesOf(
  type: Step["type"],
  { source, target, isOut }: TransferState,
  sku: Sku,
  units: number,
): TransferMove[] {
  const at = (locationId: LocationId | undefined, change: Partial<StockFigures>) =>
    locationId === undefined ? [] : [{ sku, locationId, change }];
  if (type === "TransferShipped")
    return [...at(source, { totalStock: -units, reservedStock: -units }), ...at(target, { incomingStock: units })];
  if (type === "TransferClosed") return at(target, { incomingStock: -units });
  if (!isOut) return at(source, { reservedStock: -units });
  return [...at(target, { incomingStock: -units }), ...at(source, { totalStock: units })];
}
