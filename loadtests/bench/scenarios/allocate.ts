import { skusOf } from "../../scenarios/sizes.ts";
import { placeOrdersOf } from "../place-orders.ts";
import type { LoadScenario, Round, RoundResult } from "../scenario.ts";
import { ask, createProducts, plenty, post, type Shop } from "../stock/products.ts";

/** Beside `main`, which every shop has. */
const otherPlaces = ["berlin", "madrid", "oslo"] as const;
const places = ["main", ...otherPlaces] as const;

/** Orders that take units from wherever they are: each SKU is at one place, so that many orders are of two. */
export const allocate: LoadScenario = {
  kind: "load",
  name: "allocate",
  says: "orders of 2 lines that name no place, over 500 SKUs at 4 places",
  counts: "orders",
  variants: ["standalone", "mongo"],
  run: allocateThenName,
};

async function allocateThenName(round: Round): Promise<RoundResult> {
  await openPlaces(round.deployment);
  const allocated = await placeTwoLines({ ...round, run: `${round.run}-any` }, false);
  const named = await placeTwoLines({ ...round, run: `${round.run}-named` }, true);
  return {
    figures: { ...allocated.figures, namedRate: named.figures.rate },
    errors: allocated.errors + named.errors,
    breaches: [...(allocated.breaches ?? []), ...(named.breaches ?? [])],
  };
}

/** Orders of a unit of two SKUs each, drawn at random: one in four is of one place. */
async function placeTwoLines(round: Round, namesPlaces: boolean) {
  const { deployment, run, sizes } = round;
  const skus = skusOf(run, sizes.spreadSkus);
  const placeOf = (index: number) => places[index % places.length] ?? "main";
  await createProducts(deployment, skus, 0);
  await Promise.all(
    skus.map((sku, index) =>
      post(deployment, "/v1/stock-adjustments", {
        sku,
        locationId: placeOf(index),
        delta: plenty,
        reason: "restock",
      }),
    ),
  );
  const line = (index: number) => {
    const sku = skus[index] ?? "";
    return namesPlaces ? { sku, quantity: 1, locationId: placeOf(index) } : { sku, quantity: 1 };
  };
  const nextOrder = () => {
    const first = Math.floor(Math.random() * skus.length);
    const second = (first + 1 + Math.floor(Math.random() * (skus.length - 1))) % skus.length;
    return JSON.stringify({ lines: [line(first), line(second)] });
  };
  return placeOrdersOf(round, skus, nextOrder);
}

/** Opens the places, unless a round before has done so. */
async function openPlaces(shop: Shop): Promise<void> {
  for (const [index, id] of otherPlaces.entries()) {
    const response = await ask(shop, "/v1/locations", { id, name: id, priority: index + 1 });
    const text = await response.text();
    if (response.status !== 201 && response.status !== 409)
      throw new Error(`POST /v1/locations answered ${response.status}: ${text}`);
  }
}
