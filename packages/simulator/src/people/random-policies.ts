import type { Instant, PoliciesChange, ProductPolicies } from "@holdfast/domain";
import type { Random } from "../random.ts";
import { epoch } from "../system/store-clock.ts";

/** A release during a history, or soon after it. */
function release(random: Random): Instant {
  return (epoch + random.between(5, 90) * 1_000) as Instant;
}

function purchaseLimit(random: Random): NonNullable<ProductPolicies["purchaseLimit"]> {
  return { quantity: random.between(4, 8), windowSeconds: random.pick([3, 10, 60]) };
}

/** Policies of a new product: one or two, which orders meet and break. */
export function randomPolicies(random: Random): ProductPolicies {
  return random.pick<ProductPolicies>([
    { backorderLimit: random.between(1, 5) },
    { backorderLimit: random.between(1, 5), maximumQuantity: 4 },
    { purchaseLimit: purchaseLimit(random) },
    { purchaseLimit: purchaseLimit(random), maximumQuantity: 4 },
    { minimumQuantity: 2 },
    { maximumQuantity: 3 },
    { quantityMultiple: 2 },
    { minimumQuantity: 2, quantityMultiple: 2 },
    { releaseAt: release(random) },
    { releaseAt: release(random), maximumQuantity: 4 },
    { releaseAt: release(random), holdSeconds: 5 },
    { releaseAt: release(random), backorderLimit: 3 },
    { holdSeconds: 3 },
    { holdSecondsMax: 8 },
    { holdSeconds: 5, holdSecondsMax: 12 },
  ]);
}

/** A change of policies: some are set and some taken away, and at times no order could keep what would come of it. */
export function randomPoliciesChange(random: Random): PoliciesChange {
  return random.pick<PoliciesChange>([
    { backorderLimit: random.pick([null, null, 1, 6]) },
    { purchaseLimit: random.pick([null, purchaseLimit(random)]) },
    { minimumQuantity: random.pick([null, 2, 4]) },
    { maximumQuantity: random.pick([null, 3, 6]) },
    { quantityMultiple: random.pick([null, 2, 3]) },
    { minimumQuantity: null, maximumQuantity: null, quantityMultiple: null },
    { releaseAt: random.pick([null, release(random)]) },
    { holdSeconds: random.pick([null, 2, 6]) },
    { holdSecondsMax: random.pick([null, 4, 20]) },
  ]);
}
