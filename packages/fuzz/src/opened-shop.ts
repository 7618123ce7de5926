import type { FuzzedShop } from "./fuzzed-shop.ts";

/** Longer than the orders of `openShop` are held. */
const pastReservations = 301;

/**
 * Fills a shop: products that are sold out, scarce and plentiful, in two currencies, at two locations; the largest order possible; an
 * order in every reachable state, and one that has run out and is not swept yet.
 */
export async function openShop(shop: FuzzedShop): Promise<void> {
  const price = { amount: 450, currency: "EUR" };
  await shop.ask("POST", "/v1/products", { sku: "tea", name: "Green tea", price, totalStock: 40 });
  await shop.ask("POST", "/v1/products", { sku: "cup", name: "Cup", price, totalStock: 2 });
  await shop.ask("POST", "/v1/products", { sku: "pot", name: "Pot", price: { ...price, currency: "JPY" } });
  await shop.ask("POST", "/v1/products", {
    sku: "car",
    name: "Car",
    price: { amount: 1_000_000_000_000, currency: "IDR" },
  });
  const most = { price: { amount: 9_007_199_254, currency: "EUR" }, totalStock: 1_000_000_000 };
  await shop.ask("POST", "/v1/products", { sku: "rice", name: "Rice", ...most });
  const delta = { delta: 5, reason: "restock", reference: "note-1" };
  await shop.ask("POST", "/v1/locations", { id: "berlin", name: "Berlin" });
  await shop.ask("POST", "/v1/stock-adjustments", { sku: "tea", locationId: "berlin", ...delta });

  const send = async (transfer: object) => {
    const { id } = await shop.ask("POST", "/v1/transfers", { lines: [{ sku: "tea", quantity: 3 }], ...transfer });
    return `/v1/transfers/${id}`;
  };
  const places = { fromLocationId: "berlin", toLocationId: "main" };
  await send(places);
  await shop.ask("POST", `${await send({ toLocationId: "berlin" })}/receive`, { lines: [{ sku: "tea", quantity: 1 }] });
  await shop.ask("POST", `${await send({ ...places, lines: [{ sku: "tea", quantity: 1 }] })}/ship`);
  await shop.ask("GET", "/v1/transfers?limit=1");

  const rice = { sku: "rice", quantity: 10_000 };
  await shop.ask("POST", "/v1/orders", { lines: Array.from({ length: 100 }, () => rice), holdSeconds: 86_400 });

  const place = async (more: object = {}) => {
    const { id } = await shop.ask("POST", "/v1/orders", { lines: [{ sku: "tea", quantity: 1 }], ...more });
    return `/v1/orders/${id}`;
  };
  const confirmed = await place({ customerId: "ann" });
  await shop.ask("POST", `${confirmed}/confirm`, { paymentReference: "pay-1" });
  await shop.ask("POST", `${confirmed}/confirm`, { paymentReference: "pay-2" });
  const cancelled = await place();
  await shop.ask("POST", `${cancelled}/cancel`);
  await shop.ask("POST", `${cancelled}/confirm`, { paymentReference: "pay-3" });
  await shop.ask("POST", `${cancelled}/refunds`, { paymentReference: "pay-3", refundReference: "refund-1" });
  const failed = await place({ lines: [{ sku: "cup", quantity: 2 }] });
  await place({ customerId: "bob" });
  await shop.ask("GET", "/healthz", undefined, pastReservations);
  await place({ lines: [{ sku: "cup", quantity: 1 }], holdSeconds: 86_400 });
  await shop.ask("POST", `${failed}/confirm`, {});
  await place({ holdSeconds: 5 });
  await place({ customerId: "ann", locationId: "berlin" });
  await shop.ask("GET", "/v1/orders?limit=2");
  await shop.ask("GET", "/v1/products?limit=1");
  await shop.ask("GET", "/v1/reservations?limit=2");
  await shop.ask("GET", "/v1/stock-movements?sku=tea&limit=2", undefined, 6);
}
