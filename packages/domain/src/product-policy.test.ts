import { describe, expect, test } from "vitest";
import type { Instant } from "./ids.ts";
import { contradictionIn, type ProductPolicies } from "./product-policy.ts";
import { change, claim, confirm, create, expire, extend, fulfil, fulfilmentId, place } from "./testing/commands.ts";
import { live, type Step } from "./testing/live.ts";
import { instant, RulesShop } from "./testing/rules-shop.ts";

function shopWith(policies: ProductPolicies): RulesShop {
  const shop = new RulesShop();
  shop.ask(create("tea", 100, { policies }), create("cup", 100));
  return shop;
}

describe("quantities", () => {
  test.each<[policies: ProductPolicies, quantity: number, outcome: string]>([
    [{ minimumQuantity: 3 }, 2, "quantity_not_allowed"],
    [{ minimumQuantity: 3 }, 3, "ok"],
    [{ maximumQuantity: 3 }, 3, "ok"],
    [{ maximumQuantity: 3 }, 4, "quantity_not_allowed"],
    [{ quantityMultiple: 6 }, 5, "quantity_not_allowed"],
    [{ quantityMultiple: 6 }, 12, "ok"],
    [{ minimumQuantity: 4, maximumQuantity: 12, quantityMultiple: 6 }, 6, "ok"],
    [{ minimumQuantity: 7, maximumQuantity: 12, quantityMultiple: 6 }, 6, "quantity_not_allowed"],
  ])("with %j, %i units: %s", (policies, quantity, outcome) => {
    const shop = shopWith(policies);
    expect(shop.ask(place("o1", { tea: quantity }, { dryRun: true }), place("o1", { tea: quantity }))).toEqual([
      outcome,
      outcome,
    ]);
  });

  test("count over all lines of a SKU, and name each line that breaks them", () => {
    const shop = shopWith({ minimumQuantity: 3 });
    shop.ask(change("cup", { policies: { maximumQuantity: 2, quantityMultiple: 2 } }));
    const cart = [
      ["tea", 1],
      ["cup", 2],
      ["tea", 1],
    ] as const;
    expect(shop.outcome(place("o1", cart))).toEqual({
      kind: "refused",
      failure: { code: "quantity_not_allowed", breaches: [{ sku: "tea", requested: 2, minimumQuantity: 3 }] },
    });
    expect(shop.outcome(place("o1", { tea: 2, cup: 3 }))).toMatchObject({
      failure: { breaches: [{ sku: "tea" }, { sku: "cup", requested: 3, maximumQuantity: 2, quantityMultiple: 2 }] },
    });
    expect(shop.ask(place("o1", [...cart, ["tea", 1]]))).toEqual(["ok"]);
  });

  test("are those of the moment: an order that was placed before goes on", () => {
    const shop = shopWith({});
    shop.ask(place("o1", { tea: 1 }), change("tea", { policies: { minimumQuantity: 2 } }));
    shop.seconds = 60;
    expect(shop.ask(expire("o1"), place("o2", { tea: 1 }), confirm("o1"))).toEqual([
      "ok",
      "quantity_not_allowed",
      "ok",
    ]);
  });
});

describe("the length of a reservation", () => {
  const usual = { isUsualHold: true };
  const ends = (shop: RulesShop, name = "o1") => shop.order(name).reservation.expiresAt;

  test("is the shortest that its products have, where the cart asks for none", () => {
    const shop = shopWith({ holdSeconds: 600 });
    shop.ask(place("o1", { tea: 1, cup: 1 }, usual), place("o2", { cup: 1 }, usual), place("o3", { tea: 1 }));
    expect([ends(shop), ends(shop, "o2"), ends(shop, "o3")]).toEqual([instant(600), instant(60), instant(60)]);
    shop.ask(change("cup", { policies: { holdSeconds: 30 } }), place("o4", { tea: 1, cup: 1 }, usual));
    expect(shop.order("o4")).toMatchObject({ holdSeconds: 30, reservation: { expiresAt: instant(30) } });
  });

  test("is at most what each product allows, extensions included", () => {
    const shop = shopWith({ holdSecondsMax: 40 });
    expect(shop.outcome(place("o1", { tea: 1, cup: 1 }, { holdSeconds: 41 }))).toEqual({
      kind: "refused",
      failure: { code: "hold_too_long", orderId: place("o1", {}).orderId, latest: instant(40) },
    });
    expect(shop.ask(place("o1", { tea: 1 }, { holdSeconds: 20 }), place("o2", { tea: 1 }, usual))).toEqual([
      "ok",
      "ok",
    ]);
    expect(ends(shop, "o2")).toBe(instant(40));
    expect(shop.outcome(extend("o1", instant(41)))).toMatchObject({
      failure: { code: "hold_too_long", latest: instant(40) },
    });
    expect(shop.ask(extend("o1", instant(40)), extend("o1", instant(40), { holdSecondsMax: 10 }))).toEqual([
      "ok",
      "ok",
    ]);
  });

  test("keeps within the shop's bound as well", () => {
    const shop = shopWith({ holdSeconds: 600 });
    expect(shop.ask(place("o1", { tea: 1 }, { ...usual, holdSecondsMax: 300 }))).toEqual(["ok"]);
    expect(ends(shop)).toBe(instant(300));
  });
});

describe("a preorder", () => {
  const releaseAt = instant(1_000);
  const sold: readonly Step[] = [
    [0, create("tea", 5, { policies: { releaseAt } }), "ok", "tea 5/0/0/5", "-"],
    [0, place("o1", { tea: 2 }), "ok", "tea 5/2/0/3", "PENDING_PAYMENT"],
    [1, confirm("o1"), "ok", "tea 5/0/2/3", "CONFIRMED"],
    [999, fulfil("f1", "o1"), "not_yet_released", "tea 5/0/2/3", "CONFIRMED"],
  ];

  test("is sold before its release, says so, and leaves from then on", () => {
    const shop = live(...sold, [1_000, fulfil("f1", "o1"), "ok", "tea 3/0/0/3", "CONFIRMED"]);
    expect(shop.order("o1").lines).toMatchObject([{ releaseAt }]);
  });

  test.each<[policies: { releaseAt: Instant | null }, outcome: string]>([
    [{ releaseAt: null }, "ok"],
    [{ releaseAt: instant(900) }, "ok"],
    [{ releaseAt: instant(2_000) }, "not_yet_released"],
  ])("goes by the release that its product has now: %j", (policies, outcome) => {
    const shop = live(...sold);
    expect(shop.ask(change("tea", { policies }), fulfil("f1", "o1"))).toEqual(["ok", outcome]);
  });

  test("keeps back its own lines alone", () => {
    const shop = shopWith({ releaseAt });
    shop.ask(place("o1", { tea: 1, cup: 1 }), confirm("o1"));
    expect(shop.outcome(fulfil("f1", "o1"))).toEqual({
      kind: "refused",
      failure: {
        code: "not_yet_released",
        orderId: shop.order("o1").id,
        unreleased: [{ sku: "tea", releaseAt }],
      },
    });
    expect(shop.ask(fulfil("f1", "o1", { cup: 1 }))).toEqual(["ok"]);
  });

  test("that was ordered after its release, or before it had one, leaves at once", () => {
    const shop = shopWith({ releaseAt });
    shop.ask(place("o1", { cup: 1 }), confirm("o1"), change("cup", { policies: { releaseAt } }));
    shop.seconds = 1_000;
    shop.ask(place("o2", { tea: 1 }), confirm("o2"), change("tea", { policies: { releaseAt: instant(9_000) } }));
    expect(shop.ask(fulfil("f1", "o1"), fulfil("f2", "o2"))).toEqual(["ok", "ok"]);
  });

  test("is not shipped as it is paid for, where goods leave then", () => {
    const shop = shopWith({ releaseAt });
    const paid = (name: string) => ({ ...confirm(name), fulfilmentId: fulfilmentId(name) });
    shop.ask(place("o1", { tea: 1 }), paid("o1"), place("o2", { cup: 1 }), paid("o2"));
    expect([shop.order("o1").fulfilmentStatus, shop.order("o2").fulfilmentStatus]).toEqual(["NONE", "FULFILLED"]);
    shop.seconds = 1_000;
    expect(shop.ask(fulfil("f1", "o1"))).toEqual(["ok"]);
  });
});

describe("setting policies", () => {
  test("sets each that is named, takes away what is null, and keeps the rest", () => {
    const shop = shopWith({ minimumQuantity: 2, maximumQuantity: 8 });
    const product = () => shop.snapshot.products.get("tea");
    shop.ask(change("tea", { policies: { minimumQuantity: null, quantityMultiple: 4 } }));
    expect(product()).toMatchObject({ version: 2, policies: { maximumQuantity: 8, quantityMultiple: 4 } });
    expect(product()?.policies).not.toHaveProperty("minimumQuantity");
    expect(shop.batch(change("tea", { policies: { quantityMultiple: 4, holdSeconds: null } })).events).toEqual([]);
    expect(shop.batch(change("tea", { name: "Tea" })).events).toMatchObject([
      { policies: { maximumQuantity: 8, quantityMultiple: 4 } },
    ]);
    shop.ask(change("tea", { policies: { maximumQuantity: null, quantityMultiple: null } }));
    expect(product()).not.toHaveProperty("policies");
  });

  test("a replay of the creation answers with those of the creation", () => {
    const shop = new RulesShop();
    const tea = create("tea", 5, { ...claim("k1"), policies: { minimumQuantity: 2 } });
    const cup = create("cup", 5, claim("k2"));
    const created = [shop.outcome(tea), shop.outcome(cup)];
    const policies = { minimumQuantity: null, holdSeconds: 9 };
    shop.ask(change("tea", { policies }), change("cup", { policies }), change("cup", { name: "Cup" }));
    expect([shop.outcome(tea), shop.outcome(cup)]).toEqual(created.map((each) => ({ ...each, replayed: true })));
  });

  test.each<[ProductPolicies, string | undefined]>([
    [{ minimumQuantity: 4, maximumQuantity: 3 }, "no quantity is at least 4, at most 3 and a multiple of 1"],
    [
      { minimumQuantity: 4, maximumQuantity: 5, quantityMultiple: 3 },
      "no quantity is at least 4, at most 5 and a multiple of 3",
    ],
    [{ minimumQuantity: 4, maximumQuantity: 6, quantityMultiple: 3 }, undefined],
    [{ maximumQuantity: 2, quantityMultiple: 3 }, "no quantity is at least 1, at most 2 and a multiple of 3"],
    [{ holdSeconds: 61, holdSecondsMax: 60 }, "holdSeconds is 61, and holdSecondsMax 60"],
    [{ holdSeconds: 60, holdSecondsMax: 60 }, undefined],
  ])("of %j: %s", (policies, contradiction) => {
    expect(contradictionIn(policies)).toBe(contradiction);
    const word = contradiction === undefined ? "ok" : "policies_contradictory";
    const shop = new RulesShop();
    expect(shop.ask(create("tea", 1, { policies }), create("cup", 1), change("cup", { policies }))).toEqual([
      word,
      "ok",
      word,
    ]);
  });
});
