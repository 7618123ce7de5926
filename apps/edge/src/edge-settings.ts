import { type AppSettings, apiVariables, appSettings } from "@holdfast/api";
import { oneOf, readEnvironment } from "@holdfast/runtime";
import { z } from "zod";

const shopName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** What wrangler.jsonc and the secrets of a Worker may set. */
export const edgeVariables = z
  .object({
    ...apiVariables,
    /** The shops that there are. A Worker makes no object for any other name. */
    SHOPS: z
      .string()
      .default("main")
      .transform((text) => text.split(",").map((name) => name.trim()))
      .refine((names) => names.every((name) => shopName.test(name)), "must be names of a-z 0-9 -, comma-separated"),
    /** Shops answer at `{shop}.SHOP_DOMAIN`. Unset: every host is that of the only shop. */
    SHOP_DOMAIN: z.string().optional(),
    /** `local`: lets everyone on this machine in as long as a shop has no key. */
    OPEN: oneOf(["local", "no"]).default("no"),
  })
  .refine(({ SHOPS, SHOP_DOMAIN }) => SHOPS.length === 1 || SHOP_DOMAIN !== undefined, {
    path: ["SHOP_DOMAIN"],
    error: "is missing: with several shops each needs a host of its own",
  });

export interface EdgeSettings {
  readonly shops: readonly string[];
  readonly shopDomain: string | undefined;
  readonly logLevel: string;
  readonly app: AppSettings;
}

/** Reads what a Worker is bound to. Throws with all problems. */
export function edgeSettings(env: Readonly<Record<string, unknown>>): EdgeSettings {
  const texts = Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const { SHOPS, SHOP_DOMAIN, OPEN, LOG_LEVEL, ...rest } = readEnvironment(edgeVariables, Object.fromEntries(texts));
  const app = { ...appSettings(rest), mayBeOpen: OPEN === "local" };
  return { shops: SHOPS, shopDomain: SHOP_DOMAIN, logLevel: LOG_LEVEL, app };
}

/** The shop that a host is of; `undefined` where there is none. */
export function shopAt(
  hostname: string,
  { shops, shopDomain }: Pick<EdgeSettings, "shops" | "shopDomain">,
): string | undefined {
  if (shopDomain === undefined) return shops[0];
  return shops.find((shop) => hostname === `${shop}.${shopDomain}`);
}
