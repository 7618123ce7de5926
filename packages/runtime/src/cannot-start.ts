import process from "node:process";
import { withoutSecrets } from "./without-secrets.ts";

/** Says in plain words why a program cannot start, and ends it. */
export function cannotStart(what: string, error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(`${what} cannot start: ${withoutSecrets(reason)}`);
  process.exit(1);
}
