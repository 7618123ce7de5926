import {
  isReadable,
  type LevelName,
  limits,
  type OrderId,
  type Read,
  ShortageReader,
  type ShortOrder,
  type ShortTransfer,
  type StockLevel,
} from "@holdfast/domain";
import type { Paging, Queries } from "./ports/queries.ts";

/** A level that has promised more than is there, and the orders that lack it. */
export interface Shortage {
  readonly level: StockLevel;
  /** The oldest promise first. */
  readonly orders: readonly ShortOrder[];
  /** Transfers that have yet to leave it and lack it as well: they give way to orders. */
  readonly transfers: readonly ShortTransfer[];
  /** Whether they are all of them. False where too many orders came since, or where one cannot be read. */
  readonly complete: boolean;
}

/** Transfers of a level that are looked at: few wait at a time. */
const transfersReadMax = 200;

/** Orders of a SKU that are looked at for one level: those that are hit are among the newest open ones. */
const ordersReadMax = 2_000;
const ordersPerRead = 200;

/** Short levels, page by page, each with the orders that it hits. */
export async function shortagePage(
  queries: Pick<Queries, "shortLevels" | "orders" | "list">,
  paging: Paging<LevelName>,
): Promise<Read<Shortage>[]> {
  const levels = await queries.shortLevels(paging);
  const page: Read<Shortage>[] = [];
  for (const level of levels) page.push(isReadable(level) ? await shortageOf(queries, level) : level);
  return page;
}

async function shortageOf(queries: Pick<Queries, "orders" | "list">, level: StockLevel): Promise<Shortage> {
  const reader = new ShortageReader(level);
  const { sku, locationId } = level;
  const waiting = { status: "PENDING", legs: { sku, locationId } };
  const transfers = await queries.list("transfers", waiting, { limit: transfersReadMax });
  for (const transfer of transfers) if (isReadable(transfer)) reader.addTransfer(transfer);
  const filter = { sku: level.sku, statuses: ["PENDING_PAYMENT", "CONFIRMED"] as const };
  let after: OrderId | undefined;
  for (let read = 0; read < ordersReadMax && reader.orders.length < limits.explainedItemsMax; ) {
    const orders = await queries.orders(filter, { limit: ordersPerRead, ...(after !== undefined && { after }) });
    for (const order of orders) if (!reader.isDone && !("unreadable" in order)) reader.add(order);
    read += orders.length;
    after = orders.at(-1)?.id;
    if (reader.isDone || orders.length < ordersPerRead) break;
  }
  return { level, orders: reader.orders, transfers: reader.transfers, complete: reader.isDone };
}
