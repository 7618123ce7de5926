import type {
  AdjustStock,
  CancelOrder,
  ConfirmOrder,
  CreateProduct,
  Failure,
  LocationId,
  OrderStatus,
  PlaceOrder,
  Sku,
} from "@holdfast/domain";
import type { MemoryTables } from "@holdfast/store-contract";
import type { Ledger } from "./ledger.ts";
import type { Attempt, Reply } from "./reply.ts";

/** A request that was answered. */
interface Told<C> {
  readonly command: C;
  readonly reply: Reply;
  readonly from: number;
  readonly to: number;
}

/**
 * Looks at everything that clients were told, when all is over: what was acknowledged is there as acknowledged, what
 * was called not written is not, a key is answered the same always, and a refusal was true at some point between the
 * request and its reply.
 */
export function replyFaults(attempts: readonly Attempt[], tables: MemoryTables, ledger: Ledger): string[] {
  const witness = new Witness(tables, ledger);
  return attempts.flatMap(({ command, from, answered }) => {
    if (answered === undefined) return [`${command.type} was never answered`];
    const told = { from, ...answered };
    switch (command.type) {
      case "CreateProduct":
        return [...witness.created({ ...told, command })];
      case "AdjustStock":
        return [...witness.adjusted({ ...told, command })];
      case "PlaceOrder":
        return [...witness.placed({ ...told, command })];
      case "ConfirmOrder":
        return [...witness.confirmed({ ...told, command })];
      case "CancelOrder":
        return [...witness.cancelled({ ...told, command })];
      case "ExpireOrder":
        return ["a client expired an order"];
    }
  });
}

class Witness {
  readonly #tables: MemoryTables;
  readonly #ledger: Ledger;
  /** The first acknowledgement of each key, byte for byte. */
  readonly #acknowledged = new Map<string, string>();
  readonly #made = new Set<string>();
  /** When an order's payment was first reported. */
  readonly #paidFrom = new Map<string, number>();

  constructor(tables: MemoryTables, ledger: Ledger) {
    this.#tables = tables;
    this.#ledger = ledger;
  }

  *created({ command: { sku, name, claim }, reply }: Told<CreateProduct>): Iterable<string> {
    if (reply.kind === "ok") {
      yield* this.#sameForKey(`product ${claim?.key}`, claim !== undefined, reply);
      if (this.#tables.products.get(sku)?.name !== name) yield `the product ${sku} was acknowledged and is not there`;
    } else if (reply.kind !== "refused" || reply.failure.code !== "product_exists") {
      yield* unexpected("CreateProduct", reply);
    }
  }

  *adjusted({ command, reply, from, to }: Told<AdjustStock>): Iterable<string> {
    const { adjustmentId, sku, locationId, delta, claim } = command;
    if (reply.kind === "ok") {
      yield* this.#sameForKey(`adjustment ${claim?.key}`, claim !== undefined, reply);
      const id = "id" in reply.subject ? reply.subject.id : "";
      const kept = [...this.#tables.adjustments.values()].find((adjustment) => adjustment.id === id);
      if (kept?.delta !== delta || kept.sku !== sku || kept.locationId !== locationId) {
        yield `the adjustment ${id} was acknowledged and is not there as asked`;
      }
    } else if (reply.kind === "not_written") {
      if (this.#tables.adjustments.has(adjustmentId)) yield `${adjustmentId} was called not written, and is`;
    } else if (reply.kind === "refused" && reply.failure.code === "stock_promised") {
      const { available } = reply.failure;
      if (available + delta >= 0 || !this.#had(sku, locationId, available, from, to)) {
        yield `${adjustmentId} was refused for stock that was there`;
      }
    } else yield* unexpected("AdjustStock", reply);
  }

  *placed(told: Told<PlaceOrder>): Iterable<string> {
    const { command, reply } = told;
    const { orderId, claim } = command;
    if (reply.kind === "refused") yield* this.#placeRefused(told, reply.failure);
    else if (reply.kind === "not_written") {
      if (this.#tables.orders.has(orderId)) yield `${orderId} was called not written, and is`;
    } else if (reply.kind === "ok") {
      yield* this.#sameForKey(`order ${claim?.key}`, claim !== undefined, reply);
      const { subject, replayed } = reply;
      const asked = { locationId: command.locationId, holdSeconds: command.holdSeconds, lines: linesOf(command) };
      const kept = "placedAt" in subject ? this.#tables.orders.get(subject.id) : undefined;
      if (!("placedAt" in subject) || kept === undefined) yield `${orderId} was acknowledged and is not there`;
      else {
        if (!replayed && subject.id !== orderId) yield `${orderId} was answered with ${subject.id}`;
        if (subject.version !== 1 || subject.status !== "PENDING_PAYMENT") yield `${orderId} is told as it is later`;
        for (const order of [subject, kept]) {
          const { locationId, holdSeconds } = order;
          if (JSON.stringify({ locationId, holdSeconds, lines: linesOf(order) }) !== JSON.stringify(asked)) {
            yield `${orderId} is not what was asked for`;
          }
          const amount = order.lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.amount * quantity, 0);
          if (order.total.amount !== amount) yield `${orderId} has a wrong total`;
        }
      }
    } else yield* unexpected("PlaceOrder", reply);
  }

  *confirmed({ command: { orderId }, reply, from, to }: Told<ConfirmOrder>): Iterable<string> {
    const paidFrom = this.#paidFrom.get(orderId) ?? from;
    this.#paidFrom.set(orderId, paidFrom);
    if (reply.kind === "ok") yield* this.#ended(orderId, "CONFIRMED");
    else if (reply.kind === "refused" && reply.failure.code === "order_not_confirmable") {
      yield* this.#ended(orderId, "CANCELLED");
    } else if (reply.kind === "refused" && reply.failure.code === "late_payment_refund_due") {
      yield* this.#ended(orderId, "FAILED");
      const order = this.#tables.orders.get(orderId);
      if (order?.payment?.outcome !== "REFUND_DUE") yield `${orderId} has no record of the refund that is due`;
      const short = order?.lines.some(({ sku, quantity }) =>
        this.#ledger.availableBetween(sku, order.locationId, paidFrom, to).some((available) => available < quantity),
      );
      if (short !== true) yield `${orderId} was paid late and refused while its stock was free`;
    } else yield* unexpected("ConfirmOrder", reply);
  }

  *cancelled({ command: { orderId }, reply }: Told<CancelOrder>): Iterable<string> {
    if (reply.kind === "ok") yield* this.#ended(orderId, "CANCELLED");
    else if (reply.kind === "refused" && reply.failure.code === "order_not_cancellable") {
      yield* this.#ended(orderId, "CONFIRMED", "EXPIRED", "FAILED");
    } else yield* unexpected("CancelOrder", reply);
  }

  *#placeRefused({ command, from, to }: Told<PlaceOrder>, failure: Failure): Iterable<string> {
    const { orderId, claim } = command;
    const lines = linesOf(command);
    if (failure.code === "insufficient_stock") {
      for (const { sku, locationId, requested, available } of failure.shortfalls) {
        const asked = lines.find(([name]) => name === sku)?.[1];
        const wasShort = available < requested && this.#had(sku, locationId, available, from, to);
        if (asked !== requested || !wasShort) yield `${orderId} was told a false sold-out of ${sku}`;
      }
      if (failure.shortfalls.length === 0) yield `${orderId} was told a sold-out of nothing`;
    } else if (failure.code === "currency_mismatch") {
      const yen = lines.filter(([sku]) => this.#tables.products.get(sku)?.price.currency === "JPY").length;
      if (yen === 0 || yen === lines.length) yield `${orderId} was told of a mismatch of currencies that it has not`;
    } else if (failure.code === "idempotency_key_reused") {
      const first = this.#tables.orders.get(this.#tables.orderClaims.get(claim?.key ?? "") ?? orderId);
      if (first === undefined || first.claim?.fingerprint === claim?.fingerprint) {
        yield `${orderId} was told that its key was used with another body, which it was not`;
      }
    } else yield* unexpected("PlaceOrder", { kind: "refused", failure });
  }

  /** A key makes one thing, and is answered with the same bytes always. */
  *#sameForKey(key: string, claimed: boolean, { subject, replayed }: Extract<Reply, { kind: "ok" }>): Iterable<string> {
    if (!claimed) {
      if (replayed) yield `${key} is a replay of nothing`;
      return;
    }
    if (!replayed && this.#made.has(key)) yield `${key} was made twice`;
    if (!replayed) this.#made.add(key);
    const bytes = JSON.stringify(subject);
    const first = this.#acknowledged.get(key) ?? bytes;
    this.#acknowledged.set(key, first);
    if (first !== bytes) yield `${key} was replayed with other bytes`;
  }

  *#ended(orderId: string, ...statuses: readonly OrderStatus[]): Iterable<string> {
    const order = [...this.#tables.orders.values()].find(({ id }) => id === orderId);
    if (order === undefined || !statuses.includes(order.status)) {
      yield `${orderId} was called ${statuses.join(" or ")}, and is ${order?.status ?? "lost"}`;
    }
  }

  #had(sku: Sku, locationId: LocationId, available: number, from: number, to: number): boolean {
    return this.#ledger.availableBetween(sku, locationId, from, to).includes(available);
  }
}

/** Units per SKU, in order of first mention. */
function linesOf({ lines }: Pick<PlaceOrder, "lines">): [Sku, number][] {
  const units = new Map<Sku, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return [...units];
}

/** An unknown outcome promises nothing, and an outage nothing but that; anything else is wrong here. */
function* unexpected(what: string, reply: Reply): Iterable<string> {
  if (reply.kind === "refused") yield `${what} was refused with ${reply.failure.code}`;
  if (reply.kind === "broken") yield `${what} ran into a bug: ${reply.why}`;
}
