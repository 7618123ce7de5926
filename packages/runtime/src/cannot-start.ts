import process from "node:process";
import { withoutSecrets } from "./without-secrets.ts";

/** Prints in plain words why a program cannot start, and exits with 1. */
export function cannotStart(what: string, error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(`${what} cannot start: ${withoutSecrets(reason)}`);
  process.exit(1);
}
