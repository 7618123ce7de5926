import { expect, test } from "vitest";
import type { LocationId } from "../ids.ts";
import { limits } from "../limits.ts";
import {
  adjust,
  buy,
  callOff,
  changeLevel,
  changePlace,
  claim,
  closeShort,
  confirm,
  create,
  levelKeyNamed,
  place,
  receiptId,
  receive,
  send,
  ship,
  transferId,
} from "../testing/commands.ts";
import { RulesShop } from "../testing/rules-shop.ts";
import { asCreated } from "../transfer.ts";
import { openUnits } from "../transfer-units.ts";

/** Ten units of tea and of cups at main, and none at Berlin. */
function shopWithTwoPlaces(): RulesShop {
  const shop = new RulesShop();
  shop.ask(create("tea", 10), create("cup", 10));
  return shop;
}

/** Of tea at main and at Berlin: total, reserved, what is on its way, unsellable; and what the first transfer is. */
function state(shop: RulesShop, name = "t1"): string {
  const levels = ["tea", "tea@berlin"].map((stockName) => {
    const level = shop.snapshot.levels.get(levelKeyNamed(stockName));
    const { totalStock = 0, reservedStock = 0, incomingStock = 0, unsellableStock = 0 } = level ?? {};
    return [totalStock, reservedStock, incomingStock, unsellableStock].join("/");
  });
  const transfer = shop.snapshot.transfers.get(transferId(name));
  const open = transfer?.lines.map(openUnits).join();
  return `${levels.join(" ")} ${transfer?.status ?? "none"} ${open}`;
}

test("units go from one place to another step by step", () => {
  const shop = shopWithTwoPlaces();
  const steps = [
    [send("t1", "main", "berlin", { tea: 6 }), "ok", "10/6/0/0 0/0/0/0 PENDING 6"],
    [receive("e0", "t1"), "transfer_not_in_transit", "10/6/0/0 0/0/0/0 PENDING 6"],
    [closeShort("t1"), "transfer_not_in_transit", "10/6/0/0 0/0/0/0 PENDING 6"],
    [place("o1", { tea: 5 }), "insufficient_stock", "10/6/0/0 0/0/0/0 PENDING 6"],
    [ship("t1"), "ok", "4/0/0/0 0/0/6/0 IN_TRANSIT 6"],
    [ship("t1"), "ok", "4/0/0/0 0/0/6/0 IN_TRANSIT 6"],
    [
      place("o2", { tea: 1 }, { locationId: "berlin" as LocationId }),
      "insufficient_stock",
      "4/0/0/0 0/0/6/0 IN_TRANSIT 6",
    ],
    [receive("e1", "t1", { tea: 2 }), "ok", "4/0/0/0 2/0/4/0 IN_TRANSIT 4"],
    [receive("e2", "t1", { tea: 1 }, { condition: "UNSELLABLE" }), "ok", "4/0/0/0 3/0/3/1 IN_TRANSIT 3"],
    [receive("e3", "t1", { tea: 4 }), "more_than_in_transit", "4/0/0/0 3/0/3/1 IN_TRANSIT 3"],
    [receive("e4", "t1", { cup: 1 }), "more_than_in_transit", "4/0/0/0 3/0/3/1 IN_TRANSIT 3"],
    [closeShort("t1"), "ok", "4/0/0/0 3/0/0/1 CLOSED 0"],
    [closeShort("t1"), "ok", "4/0/0/0 3/0/0/1 CLOSED 0"],
    [ship("t1"), "ok", "4/0/0/0 3/0/0/1 CLOSED 0"],
    [receive("e5", "t1"), "transfer_not_in_transit", "4/0/0/0 3/0/0/1 CLOSED 0"],
    [callOff("t1"), "transfer_not_cancellable", "4/0/0/0 3/0/0/1 CLOSED 0"],
  ] as const;
  expect(steps.map(([command]) => [shop.ask(command)[0], state(shop)])).toEqual(
    steps.map(([, word, after]) => [word, after]),
  );
  expect(shop.recount("tea", "never").sources).toEqual({ totalStock: 4, reservedStock: 0, committedStock: 0 });
});

test("what a supplier sends is expected from the beginning, and arrives whole", () => {
  const shop = shopWithTwoPlaces();
  expect(shop.ask(buy("t1", "berlin", { tea: 6, cup: 2 }))).toEqual(["ok"]);
  expect(state(shop)).toBe("10/0/0/0 0/0/6/0 IN_TRANSIT 6,2");
  expect(shop.ask(ship("t1"))).toEqual(["transfer_not_shippable"]);
  expect(shop.ask(receive("e1", "t1"))).toEqual(["ok"]);
  expect(state(shop)).toBe("10/0/0/0 6/0/0/0 RECEIVED 0,0");
  expect(shop.snapshot.receipts.get(receiptId("e1"))).toMatchObject({ transferStatus: "RECEIVED" });
  expect(shop.ask(closeShort("t1"), callOff("t1"))).toEqual(["transfer_not_in_transit", "transfer_not_cancellable"]);
});

test.each([
  ["before it leaves, its units are free", [], "10/0/0/0 0/0/0/0 CANCELLED 0"],
  ["on its way, its units are back", [ship("t1")], "10/0/0/0 0/0/0/0 CANCELLED 0"],
  ["once some have arrived, those stay", [ship("t1"), receive("e1", "t1", { tea: 2 })], "8/0/0/0 2/0/0/0 CANCELLED 0"],
])("a transfer is cancelled: %s", (_when, steps, after) => {
  const shop = shopWithTwoPlaces();
  shop.ask(send("t1", "main", "berlin", { tea: 6 }), ...steps);
  expect(shop.ask(callOff("t1"), callOff("t1"))).toEqual(["ok", "ok"]);
  expect(state(shop)).toBe(after);
  expect(shop.ask(ship("t1"), receive("e9", "t1"))).toEqual(["transfer_not_shippable", "transfer_not_in_transit"]);
});

test("a supplier's transfer is cancelled: nothing comes any more", () => {
  const shop = shopWithTwoPlaces();
  shop.ask(buy("t1", "berlin", { tea: 6 }), receive("e1", "t1", { tea: 2 }), callOff("t1"));
  expect(state(shop)).toBe("10/0/0/0 2/0/0/0 CANCELLED 0");
});

test.each([
  ["a product that there is not", send("t1", "main", "berlin", { pot: 1 }), "product_not_found"],
  ["from a place that there is not", send("t1", "paris", "berlin", { tea: 1 }), "location_not_found"],
  ["to a place that there is not", send("t1", "main", "paris", { tea: 1 }), "location_not_found"],
  ["to the place where it is", send("t1", "main", "main", { tea: 1 }), "same_location"],
  ["more than is available of one line", send("t1", "main", "berlin", { tea: 1, cup: 11 }), "insufficient_stock"],
  ["more than a level can count", buy("t1", "main", { tea: limits.totalStockMax + 1 }), "stock_limit_exceeded"],
])("refuses to send %s, and moves nothing", (_what, command, code) => {
  const shop = shopWithTwoPlaces();
  expect(shop.ask(command)).toEqual([code]);
  expect(state(shop)).toBe("10/0/0/0 0/0/0/0 none undefined");
});

test("refuses to receive what a level cannot count, or to bring it back there", () => {
  const shop = shopWithTwoPlaces();
  shop.ask(buy("t1", "berlin", { tea: 2 }), adjust("a1", "tea@berlin", limits.totalStockMax - 1));
  shop.ask(send("t2", "main", "berlin", { tea: 2 }), ship("t2"), adjust("a2", "tea", limits.totalStockMax - 9));
  expect(shop.ask(receive("e1", "t1"), callOff("t2"))).toEqual(["stock_limit_exceeded", "stock_limit_exceeded"]);
  expect(shop.ask(receive("e2", "t1", { tea: 1 }))).toEqual(["ok"]);
});

test("knows of no transfer that was not created", () => {
  const shop = shopWithTwoPlaces();
  expect(shop.ask(ship("t1"), receive("e1", "t1"), closeShort("t1"), callOff("t1"))).toEqual(
    Array.from({ length: 4 }, () => "transfer_not_found"),
  );
});

test("a closed place gets nothing new, takes in what is under way, and can be emptied", () => {
  const shop = shopWithTwoPlaces();
  shop.ask(adjust("a1", "tea@berlin", 5), send("t1", "main", "berlin", { tea: 1 }), buy("t2", "berlin", { tea: 1 }));
  shop.ask(changePlace("berlin", { active: false }));
  expect(shop.ask(send("t3", "main", "berlin", { tea: 1 }), buy("t4", "berlin", { tea: 1 }))).toEqual([
    "location_inactive",
    "location_inactive",
  ]);
  expect(shop.ask(ship("t1"), receive("e1", "t1"), receive("e2", "t2"))).toEqual(["ok", "ok", "ok"]);
  expect(shop.ask(send("t5", "berlin", "main", { tea: 7 }), ship("t5"))).toEqual(["ok", "ok"]);
  expect(state(shop, "t5")).toBe("9/0/7/0 0/0/0/0 IN_TRANSIT 7");
});

test("sends nothing that is kept back, nor what buyers lack after a loss", () => {
  const shop = shopWithTwoPlaces();
  shop.ask(changeLevel("tea", { safetyStock: 3 }));
  expect(shop.ask(send("t0", "main", "berlin", { tea: 8 }))).toEqual(["insufficient_stock"]);
  shop.ask(place("o1", { tea: 4 }), confirm("o1"), send("t1", "main", "berlin", { tea: 3 }));
  shop.ask(adjust("a1", "tea", -4, { reason: "theft", acceptsShortage: true }));
  expect(shop.outcome(ship("t1"))).toMatchObject({
    failure: { code: "stock_promised", requested: 3, available: 2 },
  });
  expect(shop.ask(adjust("a2", "tea", 1), ship("t1"))).toEqual(["ok", "ok"]);
});

test("answers a key with what it has made, as it was then", () => {
  const shop = shopWithTwoPlaces();
  const asked = send("t1", "main", "berlin", { tea: 2 }, { ...claim("k"), reference: "ls-1" });
  const first = shop.outcome(asked);
  shop.ask(ship("t1"), receive("e1", "t1", { tea: 1 }, claim("k")), closeShort("t1", { lossReason: "theft" }));
  const again = shop.outcome({ ...asked, transferId: transferId("t2") });
  expect(again).toEqual({ ...first, replayed: true });
  const transfer = shop.snapshot.transfers.get(transferId("t1"));
  expect(transfer).toMatchObject({ version: 4, status: "CLOSED", lossReason: "theft", reference: "ls-1" });
  expect(transfer && asCreated(transfer)).toEqual(first.kind === "accepted" && first.subject);
  expect(shop.ask(receive("e2", "t1", { tea: 1 }, claim("k")))).toEqual(["replayed"]);
  expect(shop.ask(receive("e3", "t1", { tea: 1 }, claim("k", "other")))).toEqual(["idempotency_key_reused"]);
});

test("counts a SKU on two lines once", () => {
  const shop = shopWithTwoPlaces();
  const asked = send("t1", "main", "berlin", { tea: 6 });
  expect(shop.ask({ ...asked, lines: [...asked.lines, ...asked.lines] })).toEqual(["insufficient_stock"]);
  shop.ask(buy("t2", "berlin", { tea: 3 }));
  const receipt = receive("e1", "t2", { tea: 2 });
  expect(shop.ask({ ...receipt, lines: [...(receipt.lines ?? []), ...(receipt.lines ?? [])] })).toEqual([
    "more_than_in_transit",
  ]);
});

test("lets go of no units that an edited level does not count", () => {
  const shop = shopWithTwoPlaces();
  shop.ask(send("t1", "main", "berlin", { tea: 4 }), buy("t2", "berlin", { tea: 4 }));
  shop.edit("tea", { reservedStock: 3 });
  shop.edit("tea@berlin", { incomingStock: 3 });
  expect(shop.ask(ship("t1"), callOff("t1"), receive("e1", "t2"), closeShort("t2"), callOff("t2"))).toEqual(
    Array.from({ length: 5 }, () => "stock_not_there"),
  );
});
