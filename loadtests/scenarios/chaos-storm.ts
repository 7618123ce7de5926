import { sleep } from "k6";
import exec from "k6/execution";
import http from "k6/http";
import { optionsOf, outcomes } from "./outcomes.ts";
import { type Order, type Placing, readEnding, readPlacing, unexpected } from "./read-answer.ts";
import { sizesOf } from "./settings.ts";
import { ask, askAll, type Cart, confirmRequest, openShop, placeRequest, type Shop } from "./shop.ts";

// Runs beside `pnpm chaos`: every request is sent several times at once, to all APIs, and again until an answer settles it. The shoppers
// go on while KEEP_GOING_URL answers 200. Without that variable each buys once.

const { STOCK, COPIES, AT_ONCE } = sizesOf("chaos-storm");
const keepGoingUrl = __ENV["KEEP_GOING_URL"];
const againSeconds = 0.15;

export const options = optionsOf(
  { storm: { executor: "per-vu-iterations", vus: AT_ONCE, iterations: 1, maxDuration: "60m" } },
  {},
);

export function setup(): Shop {
  return openShop(1, STOCK);
}

export default function storm({ run, skus: [sku = ""] }: Shop): void {
  let turn = 0;
  do {
    turn += 1;
    const cart = { key: `${run}-${exec.vu.idInTest}-${turn}`, lines: [{ sku, quantity: 1 }] };
    const placing = placeCopies(cart, turn);
    if (placing?.kind !== "placed") continue;
    outcomes.placed.add(1);
    if (turn % 2 === 0) confirm(placing.order, turn);
  } while (keepGoingUrl !== undefined && http.get(keepGoingUrl).status === 200);
}

/** Sends all copies again until one gets a final answer, and checks that they agree. */
function placeCopies(cart: Cart, turn: number): Placing | undefined {
  for (;;) {
    let first: Placing | undefined;
    for (const response of askAll(Array.from({ length: COPIES }, (_, copy) => placeRequest(cart, turn + copy)))) {
      const placing = readPlacing(response, cart);
      if (placing.kind === "open") continue;
      first ??= placing;
      const same = placing.kind === "placed" && first.kind === "placed" && placing.body === first.body;
      if (!same) unexpected(response, "not the order that another copy was answered with");
    }
    if (first !== undefined) return first;
    sleep(againSeconds);
  }
}

function confirm(order: Order, turn: number): void {
  for (let attempt = turn; ; attempt += 1) {
    const ending = readEnding(ask(confirmRequest(order.id, attempt)), order, "CONFIRMED");
    if (ending === "done") outcomes.confirmed.add(1);
    if (ending !== "open") return;
    sleep(againSeconds);
  }
}
