import { placedLines } from "../order-places.ts";
import { adjust, create, open } from "./commands.ts";
import { RulesShop } from "./rules-shop.ts";

/** A shop with stock by name, `tea` or `tea@berlin`; main promises first, then Berlin, then Rome. */
export function stocked(stock: Readonly<Record<string, number>>): RulesShop {
  const shop = new RulesShop();
  shop.ask(open("rome", { priority: 2 }), create("tea", 0), create("cup", 0), create("pot", 0));
  for (const [name, units] of Object.entries(stock)) shop.ask(adjust(`a-${name}`, name, units));
  return shop;
}

/** Where an order has its units: `tea 1 main, tea 1 berlin`. */
export function placesOf(shop: RulesShop, name: string): string {
  const lines = placedLines(shop.order(name));
  return lines.map(({ sku, quantity, locationId }) => `${sku} ${quantity} ${locationId}`).join(", ");
}
