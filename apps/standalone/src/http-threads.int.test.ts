import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, type NodeServerApp, spawnNode } from "@holdfast/test-services";
import { expect, inject, onTestFinished, test } from "vitest";

// What one thread does is tested elsewhere. Here several serve one shop.

const key = "0123456789abcdef";

interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Asks by turns on twenty connections, so that both threads are asked. */
class Caller {
  readonly #app: NodeServerApp;
  readonly #agents = Array.from({ length: 20 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  #asked = 0;

  constructor(app: NodeServerApp) {
    this.#app = app;
    onTestFinished(() => {
      for (const agent of this.#agents) agent.destroy();
    });
  }

  async ask(method: string, path: string, body?: object, apiKey = key): Promise<Answered> {
    this.#asked += 1;
    const asked = request(`${this.#app.url}${path}`, {
      method,
      agent: this.#agents[this.#asked % this.#agents.length],
      headers: { authorization: `Bearer ${apiKey}`, ...(body && { "content-type": "application/json" }) },
    });
    asked.end(body && JSON.stringify(body));
    const [response] = await once(asked, "response");
    let text = "";
    for await (const part of response.setEncoding("utf8")) text += part;
    return { status: response.statusCode, body: text.startsWith("{") ? JSON.parse(text) : { text } };
  }

  /** The statuses of one request, made on every connection at once. */
  async everywhere(method: string, path: string, body?: object, apiKey?: string): Promise<ReadonlySet<number>> {
    const answers = await Promise.all(this.#agents.map(() => this.ask(method, path, body, apiKey)));
    return new Set(answers.map(({ status }) => status));
  }
}

/** Databases of their own. */
const deployments = {
  standalone() {
    const folder = mkdtempSync(join(tmpdir(), "holdfast-threads-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    return { entry: "apps/standalone/src/main.ts", url: `file:${folder}/shop.db` };
  },
  "API on MongoDB"() {
    const url = new URL(inject("mongoUrl"));
    url.pathname = `/threads-${randomUUID()}`;
    return { entry: "apps/api/src/main.ts", url: url.href };
  },
};

async function start(deployment: keyof typeof deployments): Promise<NodeServerApp> {
  const { entry, url } = deployments[deployment]();
  const port = await freePort();
  const app = await spawnNode({
    entry,
    env: {
      PORT: String(port),
      DATABASE_URL: url,
      HTTP_THREADS: "2",
      API_KEYS: `shop=${key}`,
      DEMO_CATALOGUE: "off",
    },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
  onTestFinished(() => app.kill());
  return app;
}

test.each(["standalone", "API on MongoDB"] as const)(
  "%s: threads sell one stock, and read what others sold",
  async (deployment) => {
    const app = await start(deployment);
    const caller = new Caller(app);
    const price = { amount: 650, currency: "EUR" };
    const made = await caller.ask("POST", "/v1/products", { sku: "tea", name: "Tea", price, totalStock: 30 });
    expect(made.status).toBe(201);
    expect(await caller.everywhere("GET", "/v1/products/tea")).toEqual(new Set([200]));

    const order = { lines: [{ sku: "tea", quantity: 1 }] };
    const orders = await Promise.all(Array.from({ length: 60 }, () => caller.ask("POST", "/v1/orders", order)));
    const placed = orders.filter(({ status }) => status === 201);
    expect(placed.length).toBe(30);
    expect(orders.filter(({ status, body }) => status === 409 && body["code"] === "insufficient_stock").length).toBe(
      30,
    );
    for (const { body } of placed) expect((await caller.ask("GET", `/v1/orders/${body["id"]}`)).status).toBe(200);
    expect((await caller.ask("GET", "/v1/reconciliation")).body).toMatchObject({ ok: true, levelsChecked: 1 });
    expect(String((await caller.ask("GET", "/metrics")).body["text"])).toContain(
      'holdfast_http_request_duration_seconds_count{method="POST",route="/v1/orders",status="201"} 30',
    );
    expect(await app.stop()).toBe(0);
  },
);

test.each(["standalone", "API on MongoDB"] as const)(
  "%s: a key that one thread revokes opens nothing at any other",
  async (deployment) => {
    const caller = new Caller(await start(deployment));
    const { body } = await caller.ask("POST", "/v1/api-keys", { name: "till", scopes: ["admin"] });
    expect(await caller.everywhere("GET", "/v1/orders", undefined, String(body["key"]))).toEqual(new Set([200]));
    expect((await caller.ask("POST", `/v1/api-keys/${body["id"]}/revoke`, {})).status).toBe(200);
    expect(await caller.everywhere("GET", "/v1/orders", undefined, String(body["key"]))).toEqual(new Set([401]));
  },
);
