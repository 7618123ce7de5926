import { type Command, type Failure, fail, mainLocation, type Result, type SubjectOf, succeed } from "@holdfast/domain";
import type { Answer } from "@holdfast/engine";
import { openSqlite } from "@holdfast/infra-sqlite";
import { soldOutPrefix } from "../stock/products.ts";
import { cannedOrder, cannedProduct } from "./canned-order.ts";
import { serveBenchApp } from "./serve-bench-app.ts";

// The app with an engine that does nothing but answer one canned order. It shows the cost of HTTP, validation and JSON, and so the most that
// any engine behind this app could reach.

const shortfall: Failure = {
  code: "insufficient_stock",
  shortfalls: [{ sku: cannedProduct.sku, locationId: mainLocation, requested: 1, available: 0 }],
};

/**
 * How many answers to send together, as a real engine answers a whole batch. One by one, each answer wakes the client, which costs server
 * and client a third more processor time per request (measured), so that a real engine could come out faster than none. All at the end of
 * a turn of the event loop, server and client would take turns and never work in parallel.
 */
const togetherMax = 8;

let waiting: (() => void)[] = [];

function answerAll(): void {
  const all = waiting;
  waiting = [];
  for (const answer of all) answer();
}

const engine = {
  async submit<C extends Command>(command: C): Promise<Result<Answer<C>, Failure>> {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length === togetherMax) answerAll();
      else if (waiting.length === 1) setImmediate(answerAll);
    });
    if (command.type === "PlaceOrder" && command.lines[0]?.sku.startsWith(soldOutPrefix)) return fail(shortfall);
    const subject = command.type === "CreateProduct" ? cannedProduct : cannedOrder;
    return succeed({ subject: subject as SubjectOf<C>, replayed: false });
  },
};

const { queries, apiKeys } = await openSqlite({ path: ":memory:" });
await serveBenchApp({ engine, queries: { ...queries, order: async () => cannedOrder }, apiKeys });
