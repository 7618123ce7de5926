import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import type { CheckedShop } from "./runtimes/shop-checks.ts";

export const operatorKey = "the-key-of-the-operator";

/** A folder for the objects' databases, until the test is over. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-edge-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Asks over HTTP, as the operator. */
export function askerOf(url: string): CheckedShop["ask"] {
  return (path, init = {}) => {
    const headers = { authorization: `Bearer ${operatorKey}`, ...init.headers };
    return fetch(`${url}${path}`, { ...init, headers });
  };
}

/** Asks at a host of the caller's choice, which `fetch` does not let choose. */
export function askerAt(host: string, url: string, key = operatorKey) {
  return async (path: string, body?: object): Promise<{ status: number; body: Readonly<Record<string, unknown>> }> => {
    const { port } = new URL(url);
    const headers = { host: `${host}:${port}`, authorization: `Bearer ${key}`, "content-type": "application/json" };
    const asked = request({ host: "127.0.0.1", port, path, method: body === undefined ? "GET" : "POST", headers });
    asked.end(body === undefined ? undefined : JSON.stringify(body));
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    return { status: answer.statusCode ?? 0, body: JSON.parse(await text(answer)) };
  };
}

/** Opens the feed's stream. @returns what cuts its connection */
export async function openStream(url: string): Promise<() => void> {
  const asked = request(`${url}/v1/events/stream`, { headers: { authorization: `Bearer ${operatorKey}` } });
  asked.on("error", () => {}).end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  answer.on("error", () => {});
  return () => void answer.socket.resetAndDestroy();
}

/** Sends an order of one unit, and cuts the connection as soon as that is sent. */
export async function placeAndHangUp(url: string, sku: string): Promise<void> {
  const headers = { authorization: `Bearer ${operatorKey}`, "content-type": "application/json" };
  const asked = request(`${url}/v1/orders`, { method: "POST", headers });
  asked.on("error", () => {});
  asked.end(JSON.stringify({ lines: [{ sku, quantity: 1 }] }));
  await once(asked, "finish");
  asked.socket?.resetAndDestroy();
}
