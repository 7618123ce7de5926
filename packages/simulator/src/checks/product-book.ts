import type {
  BackorderLimit,
  Fulfilment,
  Instant,
  Money,
  Order,
  OrderLine,
  Product,
  ProductPolicies,
  Sku,
} from "@holdfast/domain";
import type { MemoryTables } from "@holdfast/memory-store";
import { allowsQuantity, placingFaults, policyWords } from "./policy-rules.ts";

/** A product from a point of the ledger's time on. */
export interface ProductState {
  readonly from: number;
  readonly version: number;
  readonly name: string;
  readonly price: Money;
  readonly archived: boolean;
  readonly policies: ProductPolicies;
}

/** What every product was called, cost and whether it was sold, at every point, by the events alone. */
export class ProductBook {
  readonly #states = new Map<Sku, ProductState[]>();

  *create(sku: Sku, product: Pick<Product, "name" | "price" | "policies">, point: number): Iterable<string> {
    if (this.#states.has(sku)) yield `${sku} was created twice`;
    const { name, price, policies = {} } = product;
    this.#states.set(sku, [{ from: point, version: 1, name, price, archived: false, policies }]);
  }

  *change(
    sku: Sku,
    product: Omit<ProductState, "from" | "policies"> & Partial<Pick<ProductState, "policies">>,
    point: number,
  ): Iterable<string> {
    const states = this.#states.get(sku) ?? [];
    const before = states.at(-1)?.version ?? 0;
    if (product.version !== before + 1) yield `version ${product.version} of ${sku} follows on ${before}`;
    const { version, name, price, archived, policies = {} } = product;
    states.push({ from: point, version, name, price, archived, policies });
  }

  /** What is wrong with an order that is placed now. */
  *placeFaults(order: Order): Iterable<string> {
    yield* placingFaults(
      order,
      order.lines.map(({ sku }) => this.#states.get(sku)?.at(-1)?.policies ?? {}),
    );
    yield* this.sellFaults(order.id, order.lines);
  }

  /** What is wrong with the quantities that an order has from now on. */
  *quantityFaults(orderId: string, lines: readonly Pick<OrderLine, "sku" | "quantity">[]): Iterable<string> {
    for (const { sku, quantity } of lines) {
      const policies = this.#states.get(sku)?.at(-1)?.policies ?? {};
      if (!allowsQuantity(policies, quantity)) yield `${orderId} has ${quantity} ${sku}, which its policies forbid`;
    }
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

  /** How many units each level of a product may owe now. */
  owesMax(sku: Sku): number {
    return this.#states.get(sku)?.at(-1)?.policies.backorderLimit ?? 0;
  }

  /** How many units one customer may have of a product now. */
  purchaseLimit(sku: Sku): ProductPolicies["purchaseLimit"] {
    return this.#states.get(sku)?.at(-1)?.policies.purchaseLimit;
  }

  /** What is wrong with what an event says of how many units may be owed with it. */
  *owedFaults(about: string, lines: readonly Pick<OrderLine, "sku">[], said: readonly BackorderLimit[] = []) {
    const limits = new Map(said.map(({ sku, backorderLimit }) => [sku, backorderLimit]));
    for (const { sku } of lines) {
      const [says = 0, is] = [limits.get(sku), this.owesMax(sku)];
      if (says !== is) yield `${about} says that ${says} ${sku} may be owed, and ${is} may`;
    }
  }

  /** What is wrong with units that leave at an instant: of a preorder, its product must be released by then. */
  *shipFaults({ id, lines }: Fulfilment, ordered: readonly OrderLine[], now: Instant): Iterable<string> {
    for (const { sku } of lines) {
      const isPreorder = ordered.some((line) => line.sku === sku && line.releaseAt !== undefined);
      const { releaseAt = 0 } = this.#states.get(sku)?.at(-1)?.policies ?? {};
      if (isPreorder && now < releaseAt) yield `${id} ships ${sku} before its release`;
    }
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
    for (const { sku, version, name, price, archivedAt, policies } of products.values()) {
      const state = this.#states.get(sku)?.at(-1);
      const rules = policyWords(policies);
      const words = JSON.stringify([version, name, price.amount, price.currency, archivedAt !== undefined, rules]);
      const booked = state && [
        state.version,
        state.name,
        state.price.amount,
        state.price.currency,
        state.archived,
        policyWords(state.policies),
      ];
      if (words !== JSON.stringify(booked)) yield `${sku} is ${words}, and its events say ${JSON.stringify(booked)}`;
    }
    if (products.size !== this.#states.size) yield `there are ${products.size} products of ${this.#states.size}`;
  }
}
