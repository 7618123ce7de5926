import type { Money, OrderLine, Sku } from "@holdfast/domain";
import type { MemoryTables } from "@holdfast/memory-store";

/** A product from a point of the ledger's time on. */
export interface ProductState {
  readonly from: number;
  readonly version: number;
  readonly name: string;
  readonly price: Money;
  readonly archived: boolean;
}

/** What every product was called, cost and whether it was sold, at every point, by the events alone. */
export class ProductBook {
  readonly #states = new Map<Sku, ProductState[]>();

  *create(sku: Sku, product: Pick<ProductState, "name" | "price">, point: number): Iterable<string> {
    if (this.#states.has(sku)) yield `${sku} was created twice`;
    const { name, price } = product;
    this.#states.set(sku, [{ from: point, version: 1, name, price, archived: false }]);
  }

  *change(sku: Sku, product: Omit<ProductState, "from">, point: number): Iterable<string> {
    const states = this.#states.get(sku) ?? [];
    const before = states.at(-1)?.version ?? 0;
    if (product.version !== before + 1) yield `version ${product.version} of ${sku} follows on ${before}`;
    const { version, name, price, archived } = product;
    states.push({ from: point, version, name, price, archived });
  }

  /** What is wrong with lines that are sold now. */
  *sellFaults(orderId: string, lines: readonly OrderLine[]): Iterable<string> {
    for (const { sku, name, unitPrice } of lines) {
      const state = this.#states.get(sku)?.at(-1);
      if (state?.archived !== false) yield `${orderId} was sold ${sku}, which is not on sale`;
      if (
        state?.name !== name ||
        state.price.amount !== unitPrice.amount ||
        state.price.currency !== unitPrice.currency
      ) {
        yield `${orderId} was sold ${sku} as ${name} for ${unitPrice.amount}, which it is not`;
      }
    }
  }

  isOnSale(sku: Sku): boolean {
    return this.#states.get(sku)?.at(-1)?.archived === false;
  }

  /** Every state that a product was in at some point between two. */
  between(sku: Sku, from: number, to: number): ProductState[] {
    const states = this.#states.get(sku) ?? [];
    return states.filter((state, index) => {
      const end = states[index + 1]?.from ?? Number.POSITIVE_INFINITY;
      return state.from <= to && end > from;
    });
  }

  /** Every state that any product was ever in, a product at a time. */
  all(): (ProductState & { readonly sku: Sku })[] {
    return [...this.#states].flatMap(([sku, states]) => states.map((state) => ({ sku, ...state })));
  }

  /** What is wrong with the products in the tables, right after a commit. */
  *faults({ entities: { products } }: MemoryTables): Iterable<string> {
    for (const { sku, version, name, price, archivedAt } of products.values()) {
      const state = this.#states.get(sku)?.at(-1);
      const words = JSON.stringify([version, name, price.amount, price.currency, archivedAt !== undefined]);
      const booked = state && [state.version, state.name, state.price.amount, state.price.currency, state.archived];
      if (words !== JSON.stringify(booked)) yield `${sku} is ${words}, and its events say ${JSON.stringify(booked)}`;
    }
    if (products.size !== this.#states.size) yield `there are ${products.size} products of ${this.#states.size}`;
  }
}
