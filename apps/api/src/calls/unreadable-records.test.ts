import { expect, test } from "vitest";
import { answered, problemOf, TestApi } from "../test-api.ts";

const level = { kind: "stock_level", id: "tea@main", reason: "totalStock must be a whole number, 0 or more" };

/** A shop with tea, cups and an order of each, and the id of the tea's order. */
async function openShop() {
  const api = new TestApi();
  await api.createProduct();
  await api.createProduct({ sku: "cup" });
  const order = await api.placeOrder(2);
  const { id: other } = await answered(201, api.post("/v1/orders", { lines: [{ sku: "cup", quantity: 1 }] }));
  const corrupt = api.database.corrupt;
  const list = async (path: string) => (await answered(200, api.get(path)))["data"] as Record<string, unknown>[];
  return { api, order, other: String(other), corrupt, list };
}

test("sells nothing from a level that cannot be read, says so, and sells the rest", async () => {
  const { api, order, other, corrupt, list } = await openShop();
  await corrupt("stock_level", "tea@main", { totalStock: "10" });
  const placed = await api.post("/v1/orders", { lines: [{ sku: "tea", quantity: 5 }] });
  // It does not pass by itself.
  expect(placed.headers.get("retry-after")).toBeNull();
  const problem = (await placed.clone().json()) as { errors: object[] };
  expect(problem.errors).toMatchObject([level]);
  expect(await problemOf(placed)).toBe("503 record_unreadable");
  for (const call of ["confirm", "cancel"]) {
    expect(await problemOf(await api.post(`/v1/orders/${order}/${call}`))).toBe("503 record_unreadable");
  }
  expect(await problemOf(await api.get("/v1/products/tea"))).toBe("503 record_unreadable");
  await answered(200, api.post(`/v1/orders/${other}/confirm`));
  expect(await api.stock("cup")).toBe("10/0/1/9");
  expect(await list("/v1/products")).toMatchObject([{ sku: "cup" }, { unreadable: true, ...level }]);
  expect(await list("/v1/stock-movements?sku=tea")).toHaveLength(2);
});

test("lists orders, reservations and pages past an order that cannot be read, and logs it once", async () => {
  const { api, order, other, corrupt, list } = await openShop();
  await corrupt("order", order, { placedAt: "yesterday" });
  const unreadable = { unreadable: true, kind: "order", id: order, reason: "placedAt must be an instant" };
  expect(await list("/v1/orders")).toMatchObject([{ id: other }, unreadable]);
  expect(await list("/v1/reservations")).toMatchObject([{ orderId: other }, unreadable]);
  const first = await answered(200, api.get("/v1/orders?limit=1"));
  expect(await list(`/v1/orders?limit=1&cursor=${String(first["nextCursor"])}`)).toEqual([unreadable]);
  for (const path of [`/v1/orders/${order}`, `/v1/reservations/${order.replace("ord_", "res_")}`]) {
    expect(await problemOf(await api.get(path))).toBe("503 record_unreadable");
  }
  expect(await problemOf(await api.post(`/v1/orders/${order}/confirm`))).toBe("503 record_unreadable");
  expect(api.log.filter((line) => line.includes("a record cannot be read"))).toHaveLength(1);
});

test("shows the feed, the ledger and an explanation past a journal entry that cannot be read", async () => {
  const { api, corrupt, list } = await openShop();
  const [, , entry] = await api.database.queries.feed({ limit: 9 });
  await corrupt("journal_entry", String(entry?.id), { records: [{ type: "TeaDrunk", actor: "tester" }] });
  const unreadable = { kind: "journal_entry", id: entry?.id, reason: "records: type must be one of those there are" };
  expect(await list("/v1/events")).toMatchObject([
    ...["ProductCreated", "StockAdjusted", "ProductCreated", "StockAdjusted"].map((type) => ({ type })),
    { type: "Unreadable", position: 3, index: 0, ...unreadable },
    { type: "OrderPlaced", position: 4 },
  ]);
  expect(await list("/v1/stock-movements?sku=tea")).toMatchObject([
    { unreadable: true, ...unreadable },
    { reason: "initial" },
  ]);
  expect(await answered(200, api.get("/v1/stock-levels/tea/main/explain"))).toMatchObject({
    adjustments: { sum: 10 },
    complete: false,
    unreadable: [unreadable],
  });
  expect(await answered(200, api.get("/v1/stock-levels/cup/main/explain"))).toMatchObject({ complete: true });
});

test("names every record that cannot be read in the reconciliation, and compares the rest", async () => {
  const { api, order, corrupt } = await openShop();
  await corrupt("order", order, { version: "1" });
  await corrupt("stock_level", "tea@main", { totalStock: "10" });
  await corrupt("stock_level", "cup@main", { totalStock: 11 });
  const [, , entry] = await api.database.queries.feed({ limit: 9 });
  await corrupt("journal_entry", String(entry?.id), { at: "now" });
  const found = await answered(200, api.get("/v1/reconciliation"));
  expect(found).toMatchObject({ ok: false, levelsChecked: 2 });
  expect(found["drift"]).toMatchObject([{ sku: "cup" }, { sku: "cup" }]);
  const ids = (body: Record<string, unknown>) => (body["unreadable"] as { id: string }[]).map(({ id }) => id);
  expect(ids(found)).toEqual(["tea@main", order, entry?.id]);
  expect(ids(await answered(200, api.get("/v1/reconciliation?levelsOnly=true")))).toEqual(["tea@main"]);
  expect(ids(await answered(200, api.get("/v1/reconciliation?sku=cup")))).toEqual([]);
  expect(ids(await answered(200, api.get("/v1/reconciliation?sku=tea")))).toEqual(["tea@main", order, entry?.id]);
});

test("lets every key in but one that cannot be read, and lists and revokes that one", async () => {
  const api = new TestApi({ settings: { mayBeOpen: true } });
  const make = (name: string) => answered(201, api.post("/v1/api-keys", { name, scopes: ["admin"] }, owner));
  let owner: Record<string, string> = {};
  const first = await make("ops");
  owner = { authorization: `Bearer ${String(first["key"])}` };
  const broken = await make("broken");
  await api.database.corrupt("api_key", String(broken["id"]), { scopes: "admin" });
  api.seconds += 60;
  const asBroken = { authorization: `Bearer ${String(broken["key"])}` };
  expect(await problemOf(await api.get("/v1/orders", asBroken))).toBe("401 unauthorized");
  const { data } = await answered(200, api.get("/v1/api-keys", owner));
  expect(data).toMatchObject([{ unreadable: true, kind: "api_key", id: broken["id"] }, { id: first["id"] }]);
  expect(await problemOf(await api.post(`/v1/api-keys/${String(broken["id"])}/revoke`, undefined, owner))).toBe(
    "503 record_unreadable",
  );
  expect((await api.database.apiKeys.live()).unreadable).toEqual([]);
});
