import type { ApiKeys } from "@holdfast/engine";
import type { ApiConfig } from "./config.ts";

const loopback = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** Whether a process that listens there can be reached only from this machine. */
export function isLoopback(host: string): boolean {
  return loopback.test(host);
}

/**
 * Whether the API lets everyone in: with no key in `API_KEYS`, as long as none has ever been made. That is allowed only for this machine,
 * for a first try.
 *
 * @throws if others can reach it, and there is no key
 */
export async function opensToEverybody(
  { HOST, API_KEYS }: Pick<ApiConfig, "HOST" | "API_KEYS">,
  apiKeys: ApiKeys,
): Promise<boolean> {
  if (API_KEYS.size > 0) return false;
  const { keys, everMade } = await apiKeys.live();
  if (isLoopback(HOST)) return !everMade;
  if (keys.length > 0) return false;
  throw new Error(
    `HOST=${HOST} lets others in, and there is no API key: make one first (npx holdfast keys create --name ops --scopes admin, in the repository pnpm keys create), or set API_KEYS to name=key, with a key of 16 characters or more`,
  );
}
