import { cpSync, globSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { launchBrowser } from "@holdfast/test-services";
import { create } from "@holdfast/testing";
import { build } from "vite";
import { expect, inject, onTestFinished, test } from "vitest";
import { OtherApp } from "./other-app.ts";
import { home } from "./published-packages.ts";
import { type Files, ServedShop } from "./served-shop.ts";
import { runTsc } from "./strict-types.ts";

const installed = ["@holdfast/client", "@holdfast/domain"];

const types = new Map([
  [".html", "text/html"],
  [".js", "text/javascript"],
]);

/** The example as its README installs and builds it, apart from Vite, which is this package's own. Gives its files by name. */
async function builtPage(): Promise<Files> {
  const app = await OtherApp.with(inject("tarballs").filter(({ name }) => installed.includes(name)));
  onTestFinished(() => app.remove());
  for (const name of ["cart-page.ts", "shop.ts", "index.html", "tsconfig.json"]) {
    cpSync(join(home, "examples/cart-page", name), join(app.folder, name));
  }
  await runTsc(app, "tsconfig.json");
  await build({ root: app.folder, configFile: false, logLevel: "silent", base: "./" });
  const names = globSync("**/*.*", { cwd: join(app.folder, "dist") });
  const fileOf = (name: string) => ({
    type: types.get(extname(name)) ?? "",
    bytes: readFileSync(join(app.folder, "dist", name)),
  });
  return new Map(names.map((name) => [name, fileOf(name)]));
}

test("a page with the packed domain and client foretells in a browser what the shop then decides", async () => {
  const served = await ServedShop.withPage(await builtPage(), create("tea", 3));
  onTestFinished(() => served.close());
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`${served.url}/cart/index.html#key=${await served.storefrontKey()}`);
  const quantity = page.getByRole("spinbutton");
  const checkOut = page.getByRole("button", { name: "Check out" });

  await quantity.fill("4");
  expect(await page.getByText("only 3 can be promised").isVisible()).toBe(true);
  expect(await checkOut.isDisabled()).toBe(true);

  await quantity.fill("2");
  await checkOut.click();
  await page.getByText(/ord_\w+ is yours to pay/).waitFor();
  expect(await served.shop.stock("tea")).toBe("3/2/0/1");

  await page.getByRole("button", { name: "Give it back" }).click();
  await page.getByText(/ord_\w+ is cancelled/).waitFor();
  expect(await served.shop.stock("tea")).toBe("3/0/0/3");

  // The next order is paid elsewhere, and the shop pushes that to the page's own EventSource.
  await quantity.fill("1");
  await checkOut.click();
  await page.getByText(/ord_\w+ is yours to pay/).waitFor();
  await served.confirmNewest();
  await page.getByText(/ord_\w+ is paid/).waitFor();
  expect(await served.shop.stock("tea")).toBe("3/0/1/2");
});
