import exec from "k6/execution";
import { optionsOf, outcomes, shoppers } from "./outcomes.ts";
import { expectProblem, type Order, type Placing, readEnding, readPlacing, unexpected } from "./read-answer.ts";
import { sizesOf } from "./settings.ts";
import { ask, askAll, type Cart, confirmRequest, openShop, placeRequest, type Shop } from "./shop.ts";

// Every request is sent several times at once and once more later, always with the same key. There must be one order per key, and every
// answer must equal the first one byte for byte.

const { BUYERS, STOCK, COPIES, AT_ONCE } = sizesOf("retry-storm");
const winners = Math.min(BUYERS, STOCK);

export const options = optionsOf(
  { buyers: shoppers(BUYERS, AT_ONCE) },
  // All copies of one key but one are replays, and so is the late one.
  { placed: winners, refused: BUYERS - winners, confirmed: winners, replayed: winners * COPIES },
);

export function setup(): Shop {
  return openShop(1, STOCK);
}

export default function buyer({ run, skus: [sku = ""] }: Shop): void {
  const turn = exec.scenario.iterationInTest;
  const cart = { key: `${run}-buyer-${turn}`, lines: [{ sku, quantity: 1 }] };
  const first = placeCopies(cart, turn);
  if (first?.kind === "placed") {
    outcomes.placed.add(1);
    confirmCopies(first.order, turn);
  } else if (first?.kind === "refused") outcomes.refused.add(1);
  else outcomes.unsettled.add(1);

  // The order is paid by now, but its key still gets the first answer.
  const response = ask(placeRequest(cart, turn + 1));
  const late = readPlacing(response, cart);
  if (first !== undefined && !sameAnswer(first, late)) unexpected(response, "the late copy answers otherwise");
  if (first?.kind !== "placed") return;
  if (late.kind === "placed" && !late.replayed) unexpected(response, "the late copy is not marked as a replay");
  const other = { ...cart, lines: [{ sku, quantity: 2 }] };
  expectProblem(ask(placeRequest(other, turn)), 422, "idempotency_key_reused");
}

/** The answer that all copies got; `undefined` if outages left it open, or if they got different ones. */
function placeCopies(cart: Cart, turn: number): Placing | undefined {
  const responses = askAll(Array.from({ length: COPIES }, (_, copy) => placeRequest(cart, turn + copy)));
  let first: Placing | undefined;
  let made = 0;
  for (const response of responses) {
    const placing = readPlacing(response, cart);
    if (placing.kind === "open" || placing.kind === "unexpected") continue;
    if (placing.kind === "placed" && !placing.replayed) made += 1;
    first ??= placing;
    if (!sameAnswer(first, placing)) unexpected(response, "two copies of one request were answered differently");
    if (made > 1) unexpected(response, "two copies of one request both claim to be the first");
  }
  return first;
}

function confirmCopies(order: Order, turn: number): void {
  const responses = askAll(Array.from({ length: COPIES }, (_, copy) => confirmRequest(order.id, turn + copy)));
  const endings = responses.map((response) => readEnding(response, order, "CONFIRMED"));
  const done = responses.filter((_, copy) => endings[copy] === "done");
  for (const response of done) {
    if (response.body !== done[0]?.body) unexpected(response, "two copies of one confirm were answered differently");
  }
  if (done.length > 0) outcomes.confirmed.add(1);
  else outcomes.unsettled.add(1);
}

function sameAnswer(one: Placing, other: Placing): boolean {
  if (one.kind === "placed" && other.kind === "placed") return one.body === other.body;
  return one.kind === other.kind || other.kind === "open";
}
