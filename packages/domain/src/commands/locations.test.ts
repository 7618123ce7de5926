import { expect, test } from "vitest";
import {
  adjust,
  cancel,
  changePlace,
  claim,
  confirm,
  correct,
  create,
  fulfil,
  giveBack,
  open,
  place,
} from "../testing/commands.ts";
import { RulesShop } from "../testing/rules-shop.ts";

test("opens a location once, and answers a replay with the location as it was opened", () => {
  const shop = new RulesShop();
  const opened = shop.outcome(open("paris", claim("k")));
  expect(shop.ask(open("paris"), changePlace("paris", { priority: 7 }))).toEqual(["location_exists", "ok"]);
  shop.ask(changePlace("paris", { active: false }));
  expect(shop.outcome(open("paris", claim("k")))).toEqual({ ...opened, replayed: true });
  expect(shop.ask(open("main"))).toEqual(["location_exists"]);
});

test("changes what it is asked to, keeps the rest, and counts versions", () => {
  const shop = new RulesShop();
  const commands = [changePlace("berlin", { name: "Berlin" }), changePlace("berlin", { priority: 4, active: false })];
  expect(shop.ask(...commands)).toEqual(["ok", "ok"]);
  expect(shop.snapshot.locations.get("berlin")).toEqual({
    id: "berlin",
    version: 3,
    name: "Berlin",
    priority: 4,
    active: false,
    first: { name: "Main", priority: 1, active: true },
  });
  expect(shop.ask(changePlace("paris", { name: "Paris" }))).toEqual(["location_not_found"]);
});

test("refuses a change of another version than the one seen, and takes a repeat of what is there", () => {
  const shop = new RulesShop();
  shop.ask(changePlace("berlin", { name: "Berlin", ifVersion: 1 }));
  expect(shop.outcome(changePlace("berlin", { priority: 5, ifVersion: 1 }))).toEqual({
    kind: "refused",
    failure: { code: "location_changed", locationId: "berlin", version: 2 },
  });
  expect(shop.batch(changePlace("berlin", { name: "Berlin", ifVersion: 1 })).events).toEqual([]);
  expect(shop.ask(changePlace("berlin", { priority: 5, ifVersion: 2 }))).toEqual(["ok"]);
});

test("promises nothing at a location that is closed, and ends there what was promised", () => {
  const shop = new RulesShop();
  const berlin = { locationId: "berlin" };
  shop.ask(create("tea", 0), adjust("a1", "tea@berlin", 5));
  shop.ask(place("o1", { tea: 2 }, berlin), place("o2", { tea: 1 }, berlin), changePlace("berlin", { active: false }));
  expect(shop.outcome(place("o3", { tea: 1 }, berlin))).toEqual({
    kind: "refused",
    failure: { code: "location_inactive", locationIds: ["berlin"] },
  });
  expect(shop.ask(confirm("o1"), cancel("o2"), fulfil("f1", "o1"), giveBack("r1", "o1", { tea: 1 }))).toEqual([
    "ok",
    "ok",
    "ok",
    "ok",
  ]);
  expect(shop.stock("tea@berlin")).toBe("4/0/0/4");
});

test.each([
  ["an order", place("o2", { tea: 1 }, { locationId: "brelin" })],
  ["an adjustment", adjust("a2", "tea@brelin", 1)],
  ["a correction", correct("c1", "tea@brelin", 1, 0, 0)],
  ["a fulfilment", fulfil("f1", "o1", { "tea@brelin": 1 })],
])("refuses %s at a location that there is not, and makes none", (_what, command) => {
  const shop = new RulesShop();
  shop.ask(create("tea", 5), place("o1", { tea: 1 }), confirm("o1"));
  expect(shop.outcome(command)).toEqual({
    kind: "refused",
    failure: { code: "location_not_found", locationIds: ["brelin"] },
  });
  expect([shop.stock("tea@brelin"), shop.snapshot.locations.has("brelin")]).toEqual(["none", false]);
});
