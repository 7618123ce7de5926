import { createHash } from "node:crypto";
import { type Actor, type AdjustmentId, type Command, type CommandOf, decideBatch } from "@holdfast/domain";
import { claim, create, place } from "@holdfast/domain/testing";
import type { Store } from "@holdfast/engine";
import { ulid } from "ulid";
import { unitPrice } from "./products.ts";

// The commands that the API would make from the bench's requests, for scenarios that fill a store without HTTP.

const actor = "storefront" as Actor;

/** Enough for a large batch on a slow store. */
const commitMsMax = 120_000;

export function productOf(sku: string, totalStock: number, at?: number): CommandOf<"CreateProduct"> {
  return {
    ...create(sku, totalStock, { name: sku, price: unitPrice }),
    actor,
    adjustmentId: `adj_${ulid(at)}` as AdjustmentId,
  };
}

export interface OrderRequest {
  readonly key: string;
  readonly holdSeconds?: number;
  /** The time in its id, in milliseconds since 1970; now unless given. */
  readonly at?: number;
}

/** An order of one unit of each SKU. */
export function orderOf(
  skus: readonly string[],
  { key, holdSeconds = 300, at }: OrderRequest,
): CommandOf<"PlaceOrder"> {
  const order = place(
    ulid(at),
    skus.map((sku) => [sku, 1] as const),
    { holdSeconds },
  );
  const fingerprint = createHash("sha256").update(JSON.stringify(order.lines)).digest("base64url");
  return { ...order, actor, ...claim(`${actor}:${key}`, fingerprint) };
}

/** Commits commands as one batch. Throws if it is not committed, or if a command is not accepted. */
export async function transactAll(store: Store, commands: readonly Command[], at?: number): Promise<void> {
  const commit = await store.transact({ id: ulid(at), commands, decide: decideBatch, timeoutMs: commitMsMax });
  if (commit.kind !== "committed") throw new Error(`a batch is ${commit.kind}`, { cause: commit.cause });
  const wrong = commit.batch.outcomes.find(({ kind }) => kind !== "accepted");
  if (wrong !== undefined) throw new Error(`a command is ${JSON.stringify(wrong)}`);
}
