import { test } from "vitest";
import { cart, correction, cup, expectRefusal, long, malformed, restock } from "./untouchable-shop.ts";

test.each([
  ["empty", ""],
  ["of 256 characters", long(256)],
  ["with a space", "a b"],
  ["with a letter beyond ASCII", "clé"],
  ["with a tab", "a\tb"],
])("does not take an Idempotency-Key that is %s", async (_what, key) => {
  for (const [path, body] of [
    ["/v1/products", cup],
    ["/v1/orders", cart],
    ["/v1/stock-adjustments", restock],
    ["/v1/reconciliation/corrections", correction],
    ["/v1/api-keys", { name: "shop", scopes: ["admin"] }],
  ] as const) {
    await expectRefusal((api) => api.post(path, body, { "idempotency-key": key }), malformed);
  }
});
