import type { Scheduler } from "../scheduler.ts";

/** What happened, line by line, and the promises that were broken. */
export class History {
  readonly lines: string[] = [];
  readonly violations: string[] = [];
  readonly #time: Scheduler;

  constructor(time: Scheduler) {
    this.#time = time;
  }

  note(who: string, what: string): void {
    this.lines.push(`${this.#time.now()} ${who}: ${what}`);
  }

  violate(...broken: readonly string[]): void {
    for (const what of broken) {
      this.violations.push(what);
      this.note("VIOLATION", what);
    }
  }
}
