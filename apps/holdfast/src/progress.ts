import process from "node:process";

/** How often the line is drawn anew. */
const drawEveryMs = 100;

const barWidth = 24;

/**
 * A line on stderr that says how far a command is. Only a terminal gets one, and it is gone when the command ends: a file or a log keeps
 * what the command found, and nothing else.
 */
export class Progress {
  readonly #isShown = process.stderr.isTTY === true;
  readonly #startedAt = performance.now();
  #drawnAt = 0;

  /** `part`: how much is done, from 0 to 1, where that is known. */
  show(what: string, done: number, part?: number): void {
    const now = performance.now();
    if (!this.#isShown || now - this.#drawnAt < drawEveryMs) return;
    this.#drawnAt = now;
    const rate = Math.round(done / ((now - this.#startedAt) / 1_000));
    const figures = `${done.toLocaleString("en")} ${what}, ${rate.toLocaleString("en")} a second`;
    process.stderr.write(`\r\u001b[K${part === undefined ? "" : `${barOf(part)} `}${figures}`);
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    if (!this.#isShown || this.#drawnAt === 0) return;
    this.#drawnAt = 0;
    process.stderr.write("\r\u001b[K");
  }
}

/** A bar for a part from 0 to 1. */
export function barOf(part: number): string {
  const done = Math.round(Math.min(Math.max(part, 0), 1) * barWidth);
  return `[${"#".repeat(done)}${"-".repeat(barWidth - done)}] ${Math.floor(Math.min(part, 1) * 100)} %`;
}
