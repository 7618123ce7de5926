import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { TestShop } from "./dashboard-test-shop.ts";

/** The dashboard in a browser tab of its own. */
export interface Visit {
  readonly page: Page;
  /** Errors of the page, what it wrote to the console as errors, and requests to any other host. */
  readonly complaints: readonly string[];
  /** A product's row in the stock table: available, reserved, committed, safety, total, price. */
  stockOf(sku: string): Promise<string[]>;
  /** The countdown of the only active reservation, in seconds. */
  secondsLeft(): Promise<number>;
  placeOrder(order: { sku: string; quantity: number; holdSeconds: number }): Promise<void>;
  /** Goes to another screen, by what stands behind the address. */
  goTo(hash: string): Promise<void>;
  /** The rows of a table in the named region, without its head: cell by cell, a line break in one as a space. */
  rowsOf(region: string, table?: number): Promise<string[][]>;
  /** Waits until the page says this. */
  says(text: string): Promise<void>;
}

/** Opens the dashboard of a shop. `prepare` sees the tab before the page is in it. */
export async function visit(
  browser: Browser,
  shop: TestShop,
  { prepare, ...options }: BrowserContextOptions & { prepare?: (page: Page) => Promise<unknown> } = {},
): Promise<Visit> {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== shop.url) complaints.push(`asked ${request.url()}`);
  });
  await prepare?.(page);
  await page.goto(shop.url);

  const stock = page.getByRole("region", { name: "Stock" });
  const form = page.getByRole("region", { name: "Place an order" });
  return {
    page,
    complaints,
    stockOf: (sku) =>
      stock
        .getByRole("row")
        .filter({ has: page.getByText(sku, { exact: true }) })
        .locator("td[data-label]")
        .allInnerTexts(),
    async secondsLeft() {
      const [minutes, seconds] = ((await page.getByRole("timer").textContent()) ?? "").split(":");
      return Number(minutes) * 60 + Number(seconds);
    },
    async placeOrder({ sku, quantity, holdSeconds }) {
      await form.getByLabel("Product").selectOption(sku);
      await form.getByLabel("Quantity").fill(String(quantity));
      await form.getByLabel("Held for (s)").fill(String(holdSeconds));
      await form.getByRole("button", { name: "Place order" }).click();
    },
    async goTo(hash) {
      await page.goto(`${shop.url}/${hash}`);
    },
    async rowsOf(region, table = 0) {
      const rows = page.getByRole("region", { name: region, exact: true }).locator("table").nth(table);
      const all = await rows.locator("tbody tr").all();
      const texts = all.map((row) => row.locator("th, td").allInnerTexts());
      return (await Promise.all(texts)).map((cells) => cells.map((cell) => cell.replace(/\s+/g, " ").trim()));
    },
    says: (text) => page.getByText(text).waitFor(),
  };
}
