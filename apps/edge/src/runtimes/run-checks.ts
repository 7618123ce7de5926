import { type CheckedShop, shopChecks } from "./shop-checks.ts";

/** Each check's name, with `ok` or what was wrong. */
export type CheckReport = Readonly<Record<string, string>>;

/** Runs all checks against a shop, one after another. */
export async function runChecks(shop: CheckedShop): Promise<CheckReport> {
  const report: Record<string, string> = {};
  for (const [name, check] of Object.entries(shopChecks)) {
    report[name] = await check(shop).then(
      () => "ok",
      (error: unknown) => String(error instanceof Error ? error.stack : error),
    );
  }
  return report;
}
