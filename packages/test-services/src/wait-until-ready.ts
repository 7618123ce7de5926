import { setTimeout as delay } from "node:timers/promises";

/** How often a server that starts is asked again. */
const ASK_EVERY_MS = 25;

const LOG_TAIL_CHARS = 2_000;

export interface Readiness {
  /** Named in the error. */
  readonly name: string;
  readonly msMax: number;
  /** True when the thing answers as it should; false or a rejection means not yet. */
  readonly isReady: () => boolean | Promise<boolean>;
  /** False when it will never be ready, because its process is gone. */
  readonly isAlive: () => boolean;
  readonly logs: () => string | Promise<string>;
}

/** Asks until the answer is yes; fails at once when the process is gone, and at the latest after `msMax`, with the end of its log. */
export async function waitUntilReady(readiness: Readiness): Promise<void> {
  const { name, msMax, isReady, isAlive } = readiness;
  const deadline = performance.now() + msMax;
  for (;;) {
    const answered = await Promise.resolve()
      .then(isReady)
      .catch(() => false);
    // Asked after the answer: somebody else's server may sit on the port that ours failed to get.
    if (!isAlive()) throw await notReady(readiness, `${name} ended while it was starting`);
    if (answered) return;
    if (performance.now() > deadline) throw await notReady(readiness, `${name} was not ready after ${msMax / 1000} s`);
    await delay(ASK_EVERY_MS);
  }
}

async function notReady({ logs }: Readiness, message: string): Promise<Error> {
  const tail = (await logs()).slice(-LOG_TAIL_CHARS);
  return new Error(`${message}. The end of its log:\n${tail}`);
}
