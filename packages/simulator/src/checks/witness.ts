import type {
  Claim,
  ClaimedName,
  Command,
  CustomerId,
  LocationId,
  OrderId,
  OrderLine,
  OrderStatus,
  Payment,
  ReversalKind,
  Sku,
} from "@holdfast/domain";
import type { MemoryTables } from "@holdfast/memory-store";
import type { Reply } from "../people/reply.ts";
import type { DetailsBook } from "./details-book.ts";
import type { HeldBook } from "./held-book.ts";
import { keptPayments } from "./kept-payments.ts";
import type { Ledger } from "./ledger.ts";
import { givenUpOf, type LedgerOrder, placedFor, shippedOf, unitsIn } from "./ledger-order.ts";
import { availableIn, type LevelState } from "./level-book.ts";
import type { LocationBook } from "./location-book.ts";
import type { ProductBook, ProductState } from "./product-book.ts";
import { mostBought } from "./purchase-rules.ts";
import type { TransferBook } from "./transfer-book.ts";

/** A request that was answered. */
export interface Answered<C> {
  readonly command: C;
  readonly reply: Reply;
  /** The ledger's point when it was sent, and when its reply arrived. */
  readonly from: number;
  readonly to: number;
}

/** What is known at the end, and what earlier replies have said. */
export class Witness {
  readonly tables: MemoryTables;
  readonly held: HeldBook;
  readonly locations: LocationBook;
  readonly details: DetailsBook;
  readonly transfers: TransferBook;
  readonly #ledger: Ledger;
  /** What each key has made, by its replies. `first`: one of them was not a replay. */
  readonly #made = new Map<string, { bytes: string; fingerprint: string; to: number; first: boolean }>();
  readonly #paidFrom = new Map<OrderId, number>();

  constructor(tables: MemoryTables, ledger: Ledger) {
    this.tables = tables;
    this.held = ledger.held;
    this.locations = ledger.locations;
    this.details = ledger.details;
    this.transfers = ledger.transfers;
    this.#ledger = ledger;
  }

  /** Checks that a key makes one thing, and that every request under it gets that thing, with the same bytes. */
  *sameForKey({ command, reply, from, to }: Answered<Command>): Iterable<string> {
    const claim = "claim" in command ? command.claim : undefined;
    if (claim === undefined) {
      if (reply.kind === "ok" && reply.replayed) yield `a ${command.type} without a key was replayed`;
      return;
    }
    const about = `${command.type} ${claim.key}`;
    const made = this.#made.get(about);
    if (reply.kind === "ok" && "dryRun" in command && command.dryRun === true && !reply.replayed) {
      if (made !== undefined && made.to <= from) yield `${about} was tried as if it were new, and had been made`;
    } else if (reply.kind === "ok") {
      const bytes = JSON.stringify(this.#unerased(reply.subject));
      if (made !== undefined && made.fingerprint !== claim.fingerprint)
        yield `${about} took another body for the first`;
      else if (made !== undefined && made.bytes !== bytes) yield `${about} was replayed with other bytes`;
      if (!reply.replayed && made?.first === true) yield `${about} was made twice`;
      const first = !reply.replayed || made?.first === true;
      this.#made.set(about, { bytes, fingerprint: claim.fingerprint, to: Math.min(to, made?.to ?? to), first });
    } else if (reply.kind === "refused" && made !== undefined && made.to <= from) {
      const reused = reply.failure.code === "idempotency_key_reused" && made.fingerprint !== claim.fingerprint;
      if (!reused) yield `${about} was refused with ${reply.failure.code}, and had been made`;
    }
  }

  /** An answer as it would be if its customer had not been erased meanwhile. */
  #unerased(subject: Extract<Reply, { kind: "ok" }>["subject"]): object {
    if (!("customerId" in subject)) return subject;
    const { id, customerId } = subject;
    const isErased = this.order(id)?.erased.some(({ to }) => to === customerId);
    return isErased ? { ...subject, customerId: this.customerOf(id) } : subject;
  }

  /** What is wrong with the answer that there is no such order. */
  *noOrder(orderId: OrderId, from: number): Iterable<string> {
    if ((this.order(orderId)?.placed ?? Number.POSITIVE_INFINITY) <= from) yield `${orderId} was said not to exist`;
  }

  /** What is wrong with the answer that there are no such products. */
  *noProducts(skus: readonly Sku[], from: number): Iterable<string> {
    for (const sku of skus) {
      if ((this.#ledger.created.get(sku) ?? Number.POSITIVE_INFINITY) <= from) yield `${sku} was said not to exist`;
    }
    if (skus.length === 0) yield "no products were said not to exist";
  }

  /** What is wrong with the answer that there are no such locations. */
  *noLocations(ids: readonly LocationId[], from: number): Iterable<string> {
    for (const id of ids)
      if ((this.locations.opened(id)?.from ?? Number.POSITIVE_INFINITY) <= from) yield `${id} was said not to exist`;
    if (ids.length === 0) yield "no locations were said not to exist";
  }

  /** Whether a product had been created at a point. */
  hadProduct(sku: Sku, to: number): boolean {
    return (this.#ledger.created.get(sku) ?? Number.POSITIVE_INFINITY) <= to;
  }

  /** Every state that a product was in at some point between two. */
  productBetween(sku: Sku, from: number, to: number): ProductState[] {
    return this.#ledger.products.between(sku, from, to);
  }

  /** Every state that any product was ever in. */
  productStates(): ReturnType<ProductBook["all"]> {
    return this.#ledger.products.all();
  }

  /** What is wrong with the answer that a key was used before, with another body. */
  *reusedKey(what: ClaimedName, claim: Claim | undefined): Iterable<string> {
    const made = this.tables.entities[what].get(this.tables.claims[what].get(claim?.key ?? "") ?? "");
    if (made === undefined || made.claim?.fingerprint === claim?.fingerprint) {
      yield `the key ${claim?.key} of ${what} was said to be used with another body`;
    }
  }

  /** Checks that an order ends in one status and keeps it. */
  *ended(orderId: OrderId, ...statuses: readonly OrderStatus[]): Iterable<string> {
    const status = this.tables.entities.orders.get(orderId)?.status;
    if (status === undefined || !statuses.includes(status)) {
      yield `${orderId} was called ${statuses.join(" or ")}, and is ${status ?? "lost"}`;
    }
  }

  /** Whether a level had exactly this many units available at some point between two. */
  had(sku: Sku, locationId: LocationId, available: number, from: number, to: number): boolean {
    return this.levelBetween(sku, locationId, from, to).some(({ counted }) => availableIn(counted) === available);
  }

  /** Every state that a level was in at some point between two. */
  levelBetween(sku: Sku, locationId: LocationId, from: number, to: number): LevelState[] {
    return this.#ledger.levels.between(`${sku}@${locationId}`, from, to);
  }

  /** What is wrong with a 500 to a command that ends a reservation: only a level edited below its reserved units excuses it. */
  *brokenEnd({ command, reply, from, to }: Answered<Command & { readonly orderId: OrderId }>): Iterable<string> {
    const excused = reply.kind === "broken" && this.#ledger.wasStuck(command.orderId, from, to);
    if (!excused) yield* unexpected(command.type, reply);
  }

  /** Whether a level had fewer units available at some point between two. */
  lacked(
    { sku, quantity, backorderedQuantity }: Pick<OrderLine, "sku" | "quantity" | "backorderedQuantity">,
    locationId: LocationId,
    from: number,
    to: number,
  ): boolean {
    const limits = backorderedQuantity === undefined ? [0] : this.owesBetween(sku, from, to);
    return this.levelBetween(sku, locationId, from, to).some(({ counted }) =>
      limits.some((limit) => availableIn(counted) + limit < quantity),
    );
  }

  /** How many units each level of a product might owe at some point between two. */
  owesBetween(sku: Sku, from: number, to: number): readonly number[] {
    const limits = this.productBetween(sku, from, to).map(({ policies: { backorderLimit = 0 } }) => backorderLimit);
    return limits.length === 0 ? [0] : limits;
  }

  /** An order's payments, as they are kept. */
  payments(orderId: OrderId): readonly Payment[] {
    return keptPayments(this.tables).get(orderId) ?? [];
  }

  /** Units of a SKU that have left an order up to a point. */
  shipped(orderId: OrderId, sku: Sku, to?: number): number {
    const order = this.order(orderId);
    return order === undefined ? 0 : shippedOf(order, sku, to);
  }

  /** Units of a SKU that have yet to leave, or are outside, of an order at a point. */
  left(orderId: OrderId, kind: ReversalKind, sku: Sku, at: number): number {
    const order = this.order(orderId);
    if (order === undefined) return 0;
    const quantity = unitsIn(order.lines, sku);
    const shipped = shippedOf(order, sku, at);
    return (kind === "CANCELLATION" ? quantity - shipped : shipped) - givenUpOf(order, kind, sku, at);
  }

  /** The points between two at which anything of an order left or was given up, and the first of the two. */
  pointsOf(orderId: OrderId, from: number, to: number): number[] {
    const { shipments = [], givenUp = [] } = this.order(orderId) ?? {};
    return [from, ...[...shipments, ...givenUp].map(({ at }) => at).filter((at) => at > from && at <= to)];
  }

  /** The most that a customer may have had of a product at some point between two. */
  mostBought(customerId: CustomerId, sku: Sku, from: number, to: number): number {
    return mostBought(this.#ledger.orders, customerId, sku, from, to);
  }

  /** Whose order it was when it was placed. */
  customerOf(orderId: OrderId): string | undefined {
    const order = this.order(orderId);
    return order === undefined ? undefined : placedFor(order);
  }

  /** What the ledger knows of an order. */
  order(orderId: OrderId): LedgerOrder | undefined {
    return this.#ledger.orders.get(orderId);
  }

  /** A time by the store's clock that it had not passed at a point. */
  latestBy(point: number): number {
    return this.#ledger.latestBy(point);
  }

  /** Whether a late payment was under review at some point between two. */
  wasUnderReview(orderId: OrderId, from: number, to: number): boolean {
    const { reviewFrom = Number.POSITIVE_INFINITY, reviewed } = this.order(orderId) ?? {};
    return reviewFrom <= to && (reviewed?.at ?? Number.POSITIVE_INFINITY) > from;
  }

  /** The point at which an order's payment was first reported. */
  paidFrom(orderId: OrderId, from: number): number {
    const first = this.#paidFrom.get(orderId) ?? from;
    this.#paidFrom.set(orderId, first);
    return first;
  }
}

/** What is wrong with an unexpected reply. An outage promises nothing; anything else is wrong. */
export function* unexpected(what: string, reply: Reply): Iterable<string> {
  if (reply.kind === "refused") yield `${what} was refused with ${reply.failure.code}`;
  if (reply.kind === "broken") yield `${what} ran into a bug: ${reply.why}`;
}
