import type { ApiKeys } from "@holdfast/engine";
import type { Logger } from "pino";
import type { ApiConfig } from "./config.ts";

/**
 * Warns of names that a key in `API_KEYS` shares with another key: they are one actor in the ledger, and own the same idempotency keys. That
 * is right while one key replaces another, and a mistake otherwise. For other keys the name is checked when they are made.
 */
export async function warnOfSharedNames(
  { API_KEYS }: Pick<ApiConfig, "API_KEYS">,
  apiKeys: Pick<ApiKeys, "live">,
  logger: Pick<Logger, "warn">,
): Promise<void> {
  if (API_KEYS.size === 0) return;
  const fixed = [...API_KEYS.values()];
  const made = (await apiKeys.live()).keys.map(({ name }) => name);
  const shared = new Set(fixed.filter((name, index) => fixed.indexOf(name) !== index || made.includes(name)));
  for (const name of shared) {
    logger.warn({ name }, "several API keys have this name, and are one actor: leave one, unless it takes over now");
  }
}
