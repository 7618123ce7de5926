import { type Batch, type Command, decide, evolve, type Product, type Snapshot } from "@holdfast/domain";
import { MemoryTables } from "@holdfast/memory-store";
import type { Planted } from "../world.ts";
import { seeing, withRules } from "./changed-rules.ts";

/** Guards what a batch writes, but not that a SKU has been taken in another case meanwhile. */
class WithoutCaseGuard extends MemoryTables {
  override unchangedSince(batch: Batch): boolean {
    return super.unchangedSince({ ...batch, writes: { ...batch.writes, takenSkus: [] } });
  }
}

/** Guards what a batch writes, but not that a product has changed meanwhile. */
class WithoutProductGuard extends MemoryTables {
  override unchangedSince(batch: Batch): boolean {
    return super.unchangedSince({ ...batch, writes: { ...batch.writes, products: [] } });
  }

  override stillHas(): boolean {
    return true;
  }
}

/** Sells by a product that has changed while the order was decided. */
class WithoutReadGuard extends MemoryTables {
  override stillHas(): boolean {
    return true;
  }
}

/** Goes on selling products as it loaded them first. */
class RemembersProducts extends WithoutReadGuard {
  readonly #products = new Map<string, Product>();

  override load(commands: readonly Command[]): Snapshot {
    const loaded = super.load(commands);
    if (!commands.every(({ type }) => type === "PlaceOrder")) return loaded;
    for (const [sku, product] of loaded.products) if (!this.#products.has(sku)) this.#products.set(sku, product);
    return {
      ...loaded,
      products: new Map([...loaded.products.keys()].map((sku) => [sku, this.#products.get(sku) as Product])),
    };
  }
}

/** Mistakes with products. */
export const catalogueBugs: Readonly<Record<string, Planted>> = {
  "a SKU in another case is not seen": withRules({
    decide: seeing("CreateProduct", (snapshot) => ({ ...snapshot, takenSkus: new Map() })),
    evolve: (snapshot, event) =>
      evolve(event.type === "ProductCreated" ? { ...snapshot, takenSkus: new Map() } : snapshot, event),
  }),
  "an archived product is sold": withRules({
    decide: seeing("PlaceOrder", (snapshot) => ({
      ...snapshot,
      products: new Map([...snapshot.products].map(([sku, { archivedAt: _, ...product }]) => [sku, product])),
    })),
  }),
  "a change of a product ignores the version that its caller has seen": withRules({
    decide: (snapshot, command, now) => {
      if (command.type !== "ChangeProduct") return decide(snapshot, command, now);
      const { ifVersion: _ifVersion, ...blind } = command;
      return decide(snapshot, blind, now);
    },
  }),
  "a change of a product is not kept": withRules({
    evolve: (snapshot, event) => (event.type === "ProductChanged" ? {} : evolve(snapshot, event)),
  }),
  "a product is changed as if no other change had come meanwhile": { tables: () => new WithoutProductGuard() },
  "a product changes while an order of it is decided": { tables: () => new WithoutReadGuard() },
  "a product is sold as it was before it changed": { tables: () => new RemembersProducts() },
  "a replay tells the product as it is now": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (decision.kind !== "replayed" || command.type !== "CreateProduct") return decision;
      const made = snapshot.claims.products.get(command.claim?.key ?? "");
      return made === undefined ? decision : { ...decision, subject: made };
    },
  }),
  "a SKU that was taken meanwhile in another case is not seen": { tables: () => new WithoutCaseGuard() },
  "a SKU in another case is refused without the first one's name": withRules({
    decide: (snapshot, command, now) => {
      const decision = decide(snapshot, command, now);
      if (decision.kind !== "refused" || decision.failure.code !== "sku_differs_by_case") return decision;
      return {
        ...decision,
        failure: { ...decision.failure, sku: (command as { sku: typeof decision.failure.sku }).sku },
      };
    },
  }),
};
