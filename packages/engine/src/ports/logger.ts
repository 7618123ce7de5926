/** The little of a logger that Holdfast needs. A pino logger is one. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  /** Whether lines of a level are written at all; left out: they are. Asked where making a line would cost. */
  isLevelEnabled?(level: "debug" | "warn"): boolean;
}
