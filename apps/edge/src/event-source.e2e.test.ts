import { freePort, launchBrowser } from "@holdfast/test-services";
import { expect, onTestFinished, test } from "vitest";
import { serveEdge } from "./serve-edge.ts";
import { newFolder } from "./test-edge.ts";

// Kept as text: it runs in the browser.
const collect = `
  globalThis.events = [];
  new EventSource("/v1/events/stream").onmessage = ({ data }) => {
    const { type, sku } = JSON.parse(data);
    globalThis.events.push(type + " " + sku);
  };
`;

/** An edge without a key, to stop and start again on the same port and folder. */
async function openEdge() {
  const options = { port: await freePort(), folder: newFolder(), variables: { OPEN: "local", LOG_LEVEL: "warn" } };
  let edge = await serveEdge(options);
  onTestFinished(() => edge.stop());
  return {
    url: edge.url,
    async restart() {
      await edge.stop();
      edge = await serveEdge(options);
    },
    async make(sku: string) {
      const body = JSON.stringify({ sku, name: "Green tea", price: { amount: 450, currency: "EUR" }, totalStock: 5 });
      const headers = { "content-type": "application/json" };
      const made = await fetch(`${edge.url}/v1/products`, { method: "POST", headers, body });
      expect(made.status).toBe(201);
    },
  };
}

test("a page's EventSource gets each event once, over a restart of the edge", async () => {
  const edge = await openEdge();
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.route(`${edge.url}/page`, (route) => route.fulfill({ contentType: "text/html", body: "" }));
  await page.goto(`${edge.url}/page`);
  await page.evaluate(collect);
  const events = () => page.evaluate<string[]>("globalThis.events");

  await edge.make("first");
  await expect.poll(events, { timeout: 20_000 }).toEqual(["ProductCreated first", "StockAdjusted first"]);
  await edge.restart();
  await edge.make("second");
  await expect
    .poll(events, { timeout: 30_000 })
    .toEqual(["first", "second"].flatMap((sku) => [`ProductCreated ${sku}`, `StockAdjusted ${sku}`]));
});
