/**
 * The default size of each scenario. k6 scripts take other sizes from environment variables of these names, and `pnpm load` from options
 * (`--hold-seconds` for HOLD_SECONDS). Both k6 and Node read this file, so it holds nothing but data.
 */
export const defaultSizes = {
  "flash-sale": { BUYERS: 300, STOCK: 100, AT_ONCE: 300 },
  "crossing-carts": { BUYERS: 300, SKUS: 6, STOCK: 60, CART_LINES: 3, AT_ONCE: 100 },
  "abandoned-carts": { BUYERS: 40, STOCK: 50, ABANDONERS: 150, HOLD_SECONDS: 2, PATIENCE_SECONDS: 60, AT_ONCE: 100 },
  "retry-storm": { BUYERS: 150, STOCK: 100, COPIES: 3, AT_ONCE: 50 },
  "chaos-storm": { STOCK: 1_000_000, AT_ONCE: 5, COPIES: 3 },
  overload: { RATE: 300, SECONDS: 10, STOCK: 1_000_000, AT_ONCE: 1_500, DEADLINE_MS: 6_000 },
} as const satisfies Record<string, Readonly<Record<string, number>> & { readonly STOCK: number }>;

export type ScenarioName = keyof typeof defaultSizes;

export const scenarioNames = Object.keys(defaultSizes) as readonly ScenarioName[];

/** The SKUs of one run of a scenario, as shops have them: with a slash, a space and another script. */
export function shopSkusOf(run: string, count: number): string[] {
  return skusOf(run, count).map((sku) => `茶/${sku} & co`);
}

/** Plain SKUs of one run. `run` differs for each run, so that runs never share stock. */
export function skusOf(run: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${run}-${index + 1}`);
}
