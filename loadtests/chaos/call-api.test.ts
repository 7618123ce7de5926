import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createProduct } from "./call-api.ts";

/** A server that answers each request with the next status; 0 breaks the connection. */
async function answering(...statuses: readonly number[]) {
  const keys: unknown[] = [];
  const server = createServer((request, response) => {
    const status = statuses[keys.length] ?? 201;
    keys.push(request.headers["idempotency-key"]);
    if (status === 0) request.socket.destroy();
    else response.writeHead(status, { "content-type": "application/json", connection: "close" }).end("{}");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, keys };
}

test("creates a product with one key, past a 503 and a lost connection", async () => {
  const { url, keys } = await answering(503, 0, 201);
  await createProduct(url, "tea", 5);
  expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
});

test("gives up at once where another answer comes", async () => {
  const { url, keys } = await answering(400);
  await expect(createProduct(url, "tea", 5)).rejects.toThrow("the product was answered 400");
  expect(keys).toHaveLength(1);
});
