import exec from "k6/execution";
import { cancel, confirm, place } from "./checkout.ts";
import { optionsOf, shoppers } from "./outcomes.ts";
import { sizesOf } from "./settings.ts";
import { type CartLine, openShop, type Shop } from "./shop.ts";

// Carts of several SKUs, every other one in the opposite order: a server that locks line by line runs into a deadlock or holds half a
// cart. A third of the orders is paid, a third cancelled, and a third left open.

const { BUYERS, SKUS, STOCK, CART_LINES, AT_ONCE } = sizesOf("crossing-carts");

export const options = optionsOf({ buyers: shoppers(BUYERS, AT_ONCE) }, {});

export function setup(): Shop {
  return openShop(SKUS, STOCK);
}

export default function buyer({ run, skus }: Shop): void {
  const turn = exec.scenario.iterationInTest;
  const order = place({ key: `${run}-buyer-${turn}`, lines: cartOf(turn, skus) }, turn);
  if (order === undefined) return;
  if (turn % 3 === 0) confirm(order, turn + 1);
  if (turn % 3 === 1) cancel(order, turn + 1);
}

function cartOf(turn: number, skus: readonly string[]): CartLine[] {
  // Two neighbours want the same SKUs, one of them in reverse order.
  const first = turn >> 1;
  const lines = Array.from({ length: Math.min(CART_LINES, skus.length) }, (_, index) => ({
    sku: skus[(first + index) % skus.length] ?? "",
    quantity: 1 + (index % 2),
  }));
  // Some ask for a SKU on two lines.
  if (turn % 5 === 0) lines.push({ sku: lines[0]?.sku ?? "", quantity: 1 });
  return turn % 2 === 0 ? lines : lines.toReversed();
}
