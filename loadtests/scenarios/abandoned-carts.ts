import { sleep } from "k6";
import exec from "k6/execution";
import { confirm, place } from "./checkout.ts";
import { optionsOf, outcomes, shoppers } from "./outcomes.ts";
import { sizesOf } from "./settings.ts";
import { openShop, type Shop } from "./shop.ts";

// Many shoppers take all the stock for a short time and never pay. Buyers who come a little later try again and again
// until reservations run out: each of them must get a unit in the end, as long as there is one for each.

const { BUYERS, STOCK, ABANDONERS, HOLD_SECONDS, PATIENCE_SECONDS, AT_ONCE } = sizesOf("abandoned-carts");
const tryAgainSeconds = 0.25;
const winners = Math.min(BUYERS, STOCK);

export const options = optionsOf(
  {
    abandoners: shoppers(ABANDONERS, AT_ONCE, "abandoner"),
    // All buyers at once, so that one that waits for a unit does not keep others from trying.
    buyers: { ...shoppers(BUYERS, BUYERS, "buyer"), startTime: "500ms" },
  },
  { confirmed: winners, gave_up: BUYERS - winners },
);

export function setup(): Shop {
  return openShop(1, STOCK);
}

export function abandoner({ run, skus: [sku = ""] }: Shop): void {
  const turn = exec.scenario.iterationInTest;
  place({ key: `${run}-abandoner-${turn}`, lines: [{ sku, quantity: 1 }], holdSeconds: HOLD_SECONDS }, turn);
}

export function buyer({ run, skus: [sku = ""] }: Shop): void {
  const turn = exec.scenario.iterationInTest;
  const deadline = Date.now() + PATIENCE_SECONDS * 1000;
  for (let attempt = 0; Date.now() < deadline; attempt += 1) {
    // The same key each time, since a refusal does not use it up.
    const order = place({ key: `${run}-buyer-${turn}`, lines: [{ sku, quantity: 1 }] }, turn + attempt);
    if (order !== undefined) {
      confirm(order, turn + attempt + 1);
      return;
    }
    sleep(tryAgainSeconds);
  }
  outcomes.gaveUp.add(1);
}
