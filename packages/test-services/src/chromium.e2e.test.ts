import { expect, test } from "vitest";
import { launchBrowser } from "./chromium.ts";
import { freePort } from "./free-port.ts";
import { spawnNode } from "./spawn-node.ts";

test("opens a page of this machine, clicks, and takes a picture with letters in it", async () => {
  const port = await freePort();
  const entry = "packages/test-services/src/fixtures/ready-app.ts";
  const app = await spawnNode({ entry, env: { PORT: String(port) }, readyUrl: `http://127.0.0.1:${port}/` });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(app.url);
    await page.click("button");
    expect(await page.textContent("button")).toBe("42");
    const button = page.locator("button");
    await button.evaluate((element) => element.setAttribute("style", "width: 60px; height: 30px"));
    const written = await button.screenshot();
    await button.evaluate((element) => element.replaceChildren());
    // Without fonts the two are the same.
    expect((await button.screenshot()).equals(written)).toBe(false);
  } finally {
    await browser.close();
    await app.stop();
  }
});
