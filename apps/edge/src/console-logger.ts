import type { Logger } from "@holdfast/engine";

const ranks: Readonly<Record<string, number>> = { trace: 0, debug: 0, info: 1, warn: 2, error: 3, fatal: 4, silent: 4 };

/** Logs lines of JSON to the console, which Workers keep, from this level on. */
export function consoleLogger(level: string): Logger {
  const rankMin = ranks[level] ?? 0;
  const at = (name: "debug" | "info" | "warn" | "error") =>
    Number(ranks[name]) < rankMin
      ? () => {}
      : (fields: object, message: string) => console[name](JSON.stringify({ ...fields, msg: message }, errorsInFull));
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    isLevelEnabled: (name) => Number(ranks[name]) >= rankMin,
  };
}

function errorsInFull(_name: string, value: unknown): unknown {
  return value instanceof Error ? { stack: value.stack, cause: value.cause } : value;
}
