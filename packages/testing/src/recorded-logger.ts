import type { Logger } from "@holdfast/engine";

/** Keeps every line that matters to someone. */
export class RecordedLogger implements Logger {
  readonly lines: string[] = [];

  debug(): void {}

  info(): void {}

  warn(_fields: object, message: string): void {
    this.lines.push(message);
  }

  error(_fields: object, message: string): void {
    this.lines.push(message);
  }
}
