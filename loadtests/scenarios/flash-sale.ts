import exec from "k6/execution";
import { confirm, place } from "./checkout.ts";
import { optionsOf, shoppers } from "./outcomes.ts";
import { sizesOf } from "./settings.ts";
import { openShop, type Shop } from "./shop.ts";

// Hundreds of buyers at once, one SKU, stock far below demand: exactly `STOCK` of them get an order and pay, and the rest get 409.

const { BUYERS, STOCK, AT_ONCE } = sizesOf("flash-sale");
const winners = Math.min(BUYERS, STOCK);

export const options = optionsOf(
  { buyers: shoppers(BUYERS, AT_ONCE) },
  { placed: winners, refused: BUYERS - winners, confirmed: winners },
);

export function setup(): Shop {
  return openShop(1, STOCK);
}

export default function buyer({ run, skus: [sku = ""] }: Shop): void {
  const turn = exec.scenario.iterationInTest;
  const order = place({ key: `${run}-buyer-${turn}`, lines: [{ sku, quantity: 1 }] }, turn);
  // If there are several APIs, pay through another one than the order was placed at.
  if (order !== undefined) confirm(order, turn + 1);
}
