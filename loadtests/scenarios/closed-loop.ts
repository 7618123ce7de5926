import { Counter } from "k6/metrics";
import { givenRun } from "./settings.ts";
import { ask, placeRequest } from "./shop.ts";

// The same load as autocannon's in `pnpm bench`, but from k6, to compare the two: orders of one existing SKU, the next one as soon as one
// is answered.

const placed = new Counter("placed");
const sku = givenRun ?? "";

export const options = {
  vus: Number(__ENV["CONNECTIONS"]),
  duration: `${__ENV["SECONDS"]}s`,
  discardResponseBodies: true,
  summaryTrendStats: ["med", "p(99)"],
};

export default function shopper(): void {
  const key = `${sku}-${__VU}-${__ITER}`;
  const { status } = ask(placeRequest({ key, lines: [{ sku, quantity: 1 }] }, 0));
  if (status === 201) placed.add(1);
}
