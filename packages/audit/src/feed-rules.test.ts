import { expect, test } from "vitest";
import type { Ask, FeedEvent, Order } from "./api-reader.ts";
import { openAuditedShop } from "./audited-shop.ts";
import { feedGapBreaches, feedOrderBreaches } from "./feed-rules.ts";

const { ask, audit, ids } = await openAuditedShop();
const answers = { headers: {} };
const { data: feed } = (await (await ask("http://shop/v1/events?limit=200", answers)).json()) as { data: FeedEvent[] };
const { data: orders } = (await (await ask("http://shop/v1/orders", answers)).json()) as { data: Order[] };

/** The rules that a tampered feed breaks. */
function rulesBroken(tampered: readonly FeedEvent[], listed: readonly Order[] = orders): string[] {
  const found = [...feedGapBreaches(tampered), ...feedOrderBreaches(tampered, listed, ["first", "second"])];
  return [...new Set(found.map(({ rule }) => rule))];
}

const numbered = (events: readonly FeedEvent[]) => events.map((event, n) => ({ ...event, position: n + 1, index: 0 }));
const without = (type: FeedEvent["type"]) => numbered(feed.filter((event) => event.type !== type));
const [gap, against]: readonly [string, string] = ["feed without a gap", "feed against orders"];

const feeds: readonly (readonly [string, FeedEvent[], string[]])[] = [
  ["nothing wrong", feed, []],
  ["nothing wrong where commits are cut otherwise", numbered(feed), []],
  ["the first event left out", feed.slice(1), [gap]],
  ["the first commit left out", feed.filter(({ position }) => position > 1), [gap]],
  ["an event left out", feed.filter(({ type }) => type !== "OrderConfirmed"), [gap, against]],
  [
    "an event twice",
    feed.flatMap((event): FeedEvent[] => (event.type === "OrderPlaced" ? [event, event] : [event])),
    [gap, against],
  ],
  ["the end left out", feed.slice(0, -1), [against]],
  ["two commits in the other order", feed.toSorted((a, b) => b.position - a.position), [gap, against]],
  ["a payment without its event", without("OrderConfirmed"), [against]],
  ["a checkout without its event", without("OrderPlaced"), [against]],
  ["an expiry of a paid order", numbered([...feed, ofOrder("OrderExpired", ids.paid)]), [against]],
  ["a second refund", numbered([...feed, ofOrder("LatePaymentRefused", ids.expired)]), [against]],
  ["a review of nothing", numbered([...feed, ofOrder("LatePaymentApproved", ids.expired)]), [against]],
  ["an event of an order that does not exist", numbered([...feed, ofOrder("OrderPlaced", "ord_0")]), [against]],
];

test.each(feeds)("of a feed with %s it reports that", (_what, tampered, rules) => {
  expect(rulesBroken(tampered)).toEqual(rules);
});

/** One more event about an order. */
function ofOrder(type: FeedEvent["type"], orderId: string): FeedEvent {
  const event = feed.find((each) => each.type === "OrderPlaced");
  return { ...event, type, orderId } as FeedEvent;
}

test("reports an order that has no event", () => {
  const [order] = orders;
  if (order === undefined) throw new Error("the shop has orders");
  expect(rulesBroken(feed, [...orders, { ...order, id: "ord_1" as Order["id"] }])).toEqual([against]);
});

test("reads the whole feed, page by page, and waits for what is not there yet", async () => {
  let pages = 0;
  const slow: Ask = (url, init) => {
    if (!url.startsWith("http://shop/v1/events")) return ask(url, init);
    pages += 1;
    // The sequencer has not come to the last event yet.
    if (pages === 5) return Response.json({ data: [], nextCursor: new URL(url).searchParams.get("cursor") });
    return ask(url.replace("limit=200", "limit=1").replace("waitSeconds=1", "waitSeconds=0"), init);
  };
  const { breaches, events } = await audit(slow, { feedLateSecondsMax: 1 });
  expect([breaches, events]).toEqual([[], feed.length]);
  expect(pages).toBe(feed.length + 2);
});
