import { unreachable } from "./bug.ts";
import type { Command } from "./commands.ts";
import { countsAgainst, holderKey, holdersOf, unitsHeldBy } from "./hold-bounds.ts";
import { type LocationId, mainLocation, type OrderId, type Sku } from "./ids.ts";
import type { Order } from "./order.ts";
import { levelKey } from "./stock-level.ts";

/** A stock level's name. */
export interface LevelName {
  readonly sku: Sku;
  readonly locationId: LocationId;
}

/** The entities a store has to load before a batch can be decided. */
export interface Needs {
  readonly products: ReadonlySet<Sku>;
  /** By `levelKey`. */
  readonly levels: ReadonlyMap<string, LevelName>;
  readonly orders: ReadonlySet<OrderId>;
  /** Idempotency keys, per kind of thing that they claim. */
  readonly productClaims: ReadonlySet<string>;
  readonly orderClaims: ReadonlySet<string>;
  readonly adjustmentClaims: ReadonlySet<string>;
  readonly correctionClaims: ReadonlySet<string>;
  /** Whose holdings may move, by `holderKey`. */
  readonly holders: ReadonlySet<string>;
  /** Levels whose sources have to be added up anew, by `levelKey`. Costs as much as the level has a history. */
  readonly tallies: ReadonlyMap<string, LevelName>;
}

/** First step: what the commands name themselves. */
export function needs(commands: readonly Command[]): Needs {
  const products = new Set<Sku>();
  const levels = new Map<string, LevelName>();
  const orders = new Set<OrderId>();
  const productClaims = new Set<string>();
  const orderClaims = new Set<string>();
  const adjustmentClaims = new Set<string>();
  const correctionClaims = new Set<string>();
  const holders = new Set<string>();
  const tallies = new Map<string, LevelName>();
  const stock = (sku: Sku, locationId: LocationId) => {
    products.add(sku);
    levels.set(levelKey(sku, locationId), { sku, locationId });
  };

  for (const command of commands) {
    switch (command.type) {
      case "CreateProduct":
        stock(command.sku, mainLocation);
        if (command.claim) productClaims.add(command.claim.key);
        break;
      case "AdjustStock":
        stock(command.sku, command.locationId);
        if (command.claim) adjustmentClaims.add(command.claim.key);
        break;
      case "PlaceOrder":
        for (const line of command.lines) stock(line.sku, command.locationId);
        if (command.claim) orderClaims.add(command.claim.key);
        for (const holder of holdersOf({ ...command, ...countsAgainst(command) })) holders.add(holderKey(holder));
        break;
      case "ConfirmOrder":
      case "CancelOrder":
      case "ExpireOrder":
      case "ReviewLatePayment":
      case "RecordRefund":
        orders.add(command.orderId);
        break;
      case "CorrectStock":
        if (command.claim) correctionClaims.add(command.claim.key);
        stock(command.sku, command.locationId);
        tallies.set(levelKey(command.sku, command.locationId), { sku: command.sku, locationId: command.locationId });
        break;
      default:
        unreachable(command);
    }
  }
  return { products, levels, orders, productClaims, orderClaims, adjustmentClaims, correctionClaims, holders, tallies };
}

/** What of an order that was loaded moves with it. */
export type OrderNeeds = Pick<Needs, "levels" | "holders">;

/** Second step: what the orders that were loaded move, and the first step did not name: levels, and their holders' holdings. */
export function orderNeeds(orders: Iterable<Order>, loaded: OrderNeeds): OrderNeeds {
  const levels = new Map<string, LevelName>();
  const holders = new Set<string>();
  for (const order of orders) {
    const { lines, locationId } = order;
    for (const { sku } of lines) {
      const key = levelKey(sku, locationId);
      if (!loaded.levels.has(key)) levels.set(key, { sku, locationId });
    }
    if (unitsHeldBy(order) === 0) continue;
    for (const holder of holdersOf(order).map(holderKey)) if (!loaded.holders.has(holder)) holders.add(holder);
  }
  return { levels, holders };
}
