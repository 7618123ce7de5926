import type { Command } from "@holdfast/domain";
import { create, place } from "@holdfast/domain/testing";
import { Engine, type EngineParts } from "./engine.ts";
import { TestStore } from "./test-store.ts";

/** One turn of the event loop: what was asked before it has reached the store after it. */
export const turn = () => new Promise((resolve) => setImmediate(resolve));

/** An engine on a store in memory that sells `tea`, with a clock that the test sets. */
export async function lane(parts: Partial<EngineParts> = {}) {
  const store = new TestStore();
  const clock = { ms: 0, now: () => clock.ms };
  let ids = 0;
  const newBatchId = () => {
    ids += 1;
    return String(ids).padStart(26, "0");
  };
  const first = new Engine({ store, newBatchId, clock });
  await first.submit(create("tea", 1_000));
  store.asked.length = 0;
  store.transactions.length = 0;
  const engine = new Engine({ store, newBatchId, clock, ...parts });
  /** Asks, and tells in one word what became of it. */
  const ask = async (command: Command): Promise<string> => {
    try {
      const result = await engine.submit(command);
      return result.ok ? "ok" : result.failure.code;
    } catch (error) {
      return error instanceof Error ? error.name : "thrown";
    }
  };
  return { engine, store, clock, ask };
}

/** An order of one `tea` by each name. */
export const orders = (...names: readonly string[]) => names.map((name) => place(name, { tea: 1 }));
