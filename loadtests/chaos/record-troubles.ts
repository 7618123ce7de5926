import { setTimeout as wait } from "node:timers/promises";
import type { Corruption, Corruptions, PutBack } from "./corruption.ts";
import { BrokenPromise } from "./readiness.ts";
import type { Trouble } from "./troubles.ts";
import { UnreadableWitness } from "./unreadable-witness.ts";

/** Where to corrupt records, and where that must show. */
export interface CorruptedShop {
  /** The URLs of the APIs. */
  readonly urls: readonly string[];
  /** The URL of the process that audits. */
  readonly workerUrl: string;
  readonly corruptions: Corruptions;
}

/** Short enough to run out while the order cannot be read. */
const shortHoldSeconds = 1;
const againMs = 100;

type Make = (witness: UnreadableWitness, corruption: Corruption, ms: number) => Promise<void>;

/** Makes one record after another unreadable, each for `ms`, and puts it back. Everything else must go on. */
export function recordTroubles({ urls, workerUrl, corruptions }: CorruptedShop, ms = 3_000): Trouble[] {
  const troubles = (kind: readonly Corruption[], make: Make): Trouble[] =>
    kind.map((corruption) => ({
      name: corruption.how,
      make: async () => make(await UnreadableWitness.open(urls, workerUrl), corruption, ms),
    }));
  return [
    ...troubles(corruptions.levels, corruptLevel),
    ...troubles(corruptions.orders, corruptOrder),
    ...troubles(corruptions.entries, corruptEntry),
  ].map(({ name, make }) => ({ name, make: () => naming(name, make) }));
}

/** Its units are not sold. Everything else is. */
async function corruptLevel(witness: UnreadableWitness, { begin }: Corruption, ms: number): Promise<void> {
  const { sku, other } = witness;
  await witness.buy(sku);
  await whileCorrupt(await begin(sku), ms, async () => {
    await witness.expectNotSold(sku);
    await witness.expectRefused(`/v1/products/${sku}`);
    await witness.buy(other);
    await witness.expectListed("/v1/products", "stock_level", (product) => product.sku === other);
    await witness.expectReconciled("stock_level");
    await witness.untilAudited("stock_level", true);
  });
  await witness.buy(sku);
  await witness.expectReconciled();
  await witness.untilAudited("stock_level", false);
}

/** It can neither be cancelled nor expire. Its SKU sells, and lists continue behind it. */
async function corruptOrder(witness: UnreadableWitness, { begin }: Corruption, ms: number): Promise<void> {
  const { sku } = witness;
  const before = await witness.buy(sku);
  const id = await witness.buy(sku, shortHoldSeconds);
  await whileCorrupt(await begin(id), Math.max(ms, 2_000 * shortHoldSeconds), async () => {
    await witness.expectRefused(`/v1/orders/${id}`);
    await witness.expectRefused(`/v1/orders/${id}/cancel`, {});
    await witness.buy(sku);
    await witness.expectListed(`/v1/orders?sku=${sku}&limit=1`, "order", (order) => order.id === before);
    await witness.expectListed(
      `/v1/reservations?sku=${sku}&limit=1`,
      "order",
      (reservation) => reservation.orderId === before,
    );
    await witness.expectReconciled("order");
  });
  await witness.until(`${id} runs out`, async () => (await witness.statusOf(id)) === "EXPIRED");
  await witness.expectReconciled();
}

/** Its SKU sells, and ledger and feed continue behind it. */
async function corruptEntry(witness: UnreadableWitness, { begin }: Corruption, ms: number): Promise<void> {
  const { sku } = witness;
  const id = await witness.buy(sku);
  await witness.untilInFeed((event) => event.orderId === id);
  await whileCorrupt(await begin(id), ms, async () => {
    await witness.untilInFeed((event) => event.kind === "journal_entry");
    const later = await witness.buy(sku);
    const isLater = (movement: { orderId?: string }) => movement.orderId === later;
    await witness.expectListed(`/v1/stock-movements?sku=${sku}`, "journal_entry", isLater);
    await witness.expectReconciled("journal_entry");
  });
  await witness.untilInFeed((event) => event.orderId === id);
  await witness.expectReconciled();
}

/** Checks repeatedly, for at least `ms`, and puts the record back. */
async function whileCorrupt(putBack: PutBack, ms: number, look: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + ms;
  try {
    do {
      await look();
      await wait(againMs);
    } while (performance.now() < deadline);
  } finally {
    await putBack();
  }
}

async function naming(name: string, make: () => Promise<void>): Promise<void> {
  try {
    await make();
  } catch (error) {
    throw error instanceof BrokenPromise ? new BrokenPromise(`${name}: ${error.message}`) : error;
  }
}
