import { randomUUID } from "node:crypto";
import { openMongo } from "@holdfast/infra-mongo";
import { type Collection, type Document, MongoClient } from "mongodb";
import { ulid } from "ulid";
import { withDatabase } from "../../deployments/cluster.ts";
import { latencyOf, type Measurement } from "../load/measurement.ts";
import { orderOf, productOf, transactAll } from "../stock/commands.ts";
import { type BenchDeployment, type BenchServices, idleAtOnce } from "./bench-deployment.ts";

/**
 * The limit of the server itself: one writer inserts the same order documents under the same indexes, batch after batch. There is no HTTP,
 * no rule, no stock, no journal and no transaction. The inserts are as durable as the commits of the service.
 *
 * A batch has as many orders as there are connections, which is the most that can wait while the service commits.
 */
export async function startInsertLimit({ mongoUrl, bench }: BenchServices): Promise<BenchDeployment> {
  const url = withDatabase(mongoUrl, `${bench}-inserts`);
  const sample = await writeSample(url);
  const client = new MongoClient(url, { writeConcern: { w: "majority", journal: true }, ignoreUndefined: true });
  const orders = client.db().collection<Document & { _id: string }>("orders");
  const original = await orders.findOne({ _id: sample.orderId });
  if (original === null) throw new Error("the service keeps its orders elsewhere: there is nothing to copy");
  return {
    urls: [],
    keepsStock: false,
    idle: idleAtOnce,
    insertOrders: ({ seconds, batchSize }) => insertFor(seconds, batchSize, orders, () => copyOf(original, sample)),
    stop: () => client.close(),
  };
}

interface Sample {
  readonly orderId: string;
  readonly key: string;
}

/** Places one order through the service's own store, which creates the collections and indexes, and gives a document to copy. */
async function writeSample(url: string): Promise<Sample> {
  const database = await openMongo({ url });
  try {
    const order = orderOf(["sample"], { key: randomUUID() });
    await transactAll(database.store, [productOf("sample", 1), order]);
    return { orderId: order.orderId, key: order.claim?.key ?? "" };
  } finally {
    await database.close();
  }
}

async function insertFor(
  seconds: number,
  batchSize: number,
  orders: Collection<Document & { _id: string }>,
  nextOrder: () => Document & { _id: string },
): Promise<Measurement> {
  const tookMs: number[] = [];
  let expected = 0;
  const began = performance.now();
  const end = began + seconds * 1000;
  while (performance.now() < end) {
    const batch = Array.from({ length: batchSize }, nextOrder);
    const sentAt = performance.now();
    await orders.insertMany(batch, { ordered: false });
    tookMs.push(performance.now() - sentAt);
    expected += batchSize;
  }
  const rate = (expected * 1000) / (performance.now() - began);
  return { expected, errors: 0, unread: 0, rate, ...latencyOf(tookMs) };
}

/** A copy of the document, with another id and key everywhere. */
function copyOf(original: Document & { _id: string }, sample: Sample): Document & { _id: string } {
  const changes = [
    [sample.orderId.slice("ord_".length), ulid()],
    [sample.key, randomUUID()],
  ] as const;
  const copy = (value: unknown): unknown => {
    if (typeof value === "string") return changes.reduce((text, [from, to]) => text.replaceAll(from, to), value);
    if (Array.isArray(value)) return value.map(copy);
    if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, copy(field)]));
  };
  return copy(original) as Document & { _id: string };
}
