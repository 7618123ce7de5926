import { setTimeout as delay } from "node:timers/promises";

/** How often to ask a starting server. */
const ASK_EVERY_MS = 25;

const LOG_TAIL_CHARS = 2_000;

export interface Readiness {
  /** Named in the error. */
  readonly name: string;
  readonly msMax: number;
  /** Whether it answers as it should. A rejection counts as false. */
  readonly isReady: () => boolean | Promise<boolean>;
  /** False once its process has ended, so that it will never be ready. */
  readonly isAlive: () => boolean;
  readonly logs: () => string | Promise<string>;
}

/** Asks until it is ready. Rejects with the end of its log as soon as the process has ended, and after `msMax`. */
export async function waitUntilReady(readiness: Readiness): Promise<void> {
  const { name, msMax, isReady, isAlive } = readiness;
  const deadline = performance.now() + msMax;
  for (;;) {
    const answered = await Promise.resolve()
      .then(isReady)
      .catch(() => false);
    // Check this after the answer, which may come from another server on the port that ours failed to get.
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
