import exec from "k6/execution";
import { Counter, Trend } from "k6/metrics";
import { optionsOf, outcomes } from "./outcomes.ts";
import { expectProblem, readPlacing } from "./read-answer.ts";
import { sizesOf } from "./settings.ts";
import { ask, openShop, placeRequest, type Shop } from "./shop.ts";

// Orders arrive at a fixed rate, whether or not earlier ones were answered. The shop must refuse at once what it cannot commit in time,
// with 503 and `Retry-After`, and answer what it accepts.

const { STOCK, RATE, SECONDS, AT_ONCE, DEADLINE_MS } = sizesOf("overload");
/** Time for the queue and the just-in-time compiler to warm up. It is not measured. */
const warmMs = Math.min(1_000, (SECONDS * 1_000) / 4);

/** Orders answered with 201 before their deadline, during the measured time. */
const inTime = new Counter("in_time");
/** How long a refused request waited for its 503. */
const shedMs = new Trend("shed_ms", true);

export const options = {
  ...optionsOf(
    {
      arrivals: {
        executor: "constant-arrival-rate",
        rate: RATE,
        duration: `${SECONDS}s`,
        preAllocatedVUs: AT_ONCE,
        maxVUs: AT_ONCE,
      },
    },
    {},
  ),
};

export function setup(): Shop {
  return openShop(1, STOCK);
}

export default function buyer({ run, skus: [sku = ""] }: Shop): void {
  const turn = exec.scenario.iterationInTest;
  const cart = { key: `${run}-buyer-${turn}`, lines: [{ sku, quantity: 1 }] };
  const response = ask(placeRequest(cart, turn));
  const sinceStartMs = Date.now() - exec.scenario.startTime;
  if (response.status === 503) {
    outcomes.shed.add(1);
    shedMs.add(response.timings.duration);
    expectProblem(response, 503, "overloaded", ["Retry-After"]);
    return;
  }
  if (readPlacing(response, cart).kind !== "placed") return;
  outcomes.placed.add(1);
  const measured = sinceStartMs >= warmMs && sinceStartMs < SECONDS * 1_000;
  if (measured && response.timings.duration <= DEADLINE_MS) inTime.add(1_000 / (SECONDS * 1_000 - warmMs));
}
