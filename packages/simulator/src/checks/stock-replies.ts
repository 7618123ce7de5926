import type { AdjustmentId, AdjustStock, CreateProduct } from "@holdfast/domain";
import { unwritable } from "../people/wishes.ts";
import { type Told, unexpected, type Witness } from "./witness.ts";

/** What is wrong with a reply to the creation of a product. */
export function* createdFaults(witness: Witness, { command, reply }: Told<CreateProduct>): Iterable<string> {
  const { sku, name, claim } = command;
  if (reply.kind === "ok") {
    yield* witness.sameForKey("product", claim?.key, reply);
    if (witness.tables.entities.products.get(sku)?.name !== name)
      yield `the product ${sku} was acknowledged and is not there`;
  } else if (reply.kind === "refused" && reply.failure.code === "product_exists") {
    if (!witness.tables.entities.products.has(sku)) yield `the product ${sku} was said to exist`;
  } else yield* unexpected("CreateProduct", reply);
}

/** What is wrong with a reply to a count of stock. */
export function* adjustedFaults(witness: Witness, { command, reply, from, to }: Told<AdjustStock>): Iterable<string> {
  const { adjustmentId, sku, locationId, delta, claim, reference } = command;
  const { adjustments } = witness.tables.entities;
  if (reply.kind === "ok") {
    if (reference === unwritable) yield `${adjustmentId} was acknowledged, and cannot have been written`;
    yield* witness.sameForKey("adjustment", claim?.key, reply);
    const kept = "id" in reply.subject ? adjustments.get(reply.subject.id as AdjustmentId) : undefined;
    if (kept?.delta !== delta || kept.sku !== sku || kept.locationId !== locationId) {
      yield `${adjustmentId} was acknowledged and is not there as asked`;
    }
  } else if (reply.kind === "not_written") {
    if (adjustments.has(adjustmentId)) yield `${adjustmentId} was called not written, and is`;
  } else if (reply.kind === "refused" && reply.failure.code === "stock_promised") {
    const { available } = reply.failure;
    if (available + delta >= 0 || !witness.had(sku, locationId, available, from, to)) {
      yield `${adjustmentId} was refused for stock that was there`;
    }
  } else if (reply.kind === "refused" && reply.failure.code === "idempotency_key_reused") {
    const made = adjustments.get(witness.tables.claims.adjustments.get(claim?.key ?? "") ?? adjustmentId);
    if (made === undefined || made.claim?.fingerprint === claim?.fingerprint) {
      yield `${adjustmentId} was told that its key had been used with another body`;
    }
  } else if (reply.kind !== "broken" || reference !== unwritable) yield* unexpected("AdjustStock", reply);
}
