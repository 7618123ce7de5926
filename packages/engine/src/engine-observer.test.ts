import { place } from "@holdfast/domain/testing";
import { describe, expect, test } from "vitest";
import type { EngineParts } from "./engine.ts";
import { lane, orders, turn } from "./test-lane.ts";

describe("an observer", () => {
  /** An engine whose observer writes down what it is told. */
  async function observed(parts: Partial<EngineParts> = {}) {
    const calls: string[] = [];
    const observer = {
      committed: ({ kind, commands, ms }: { kind: string; commands: number; ms: number }) => {
        calls.push(`${kind} ${commands} in ${ms} ms`);
      },
      shed: (reason: string) => calls.push(reason),
    };
    return { calls, ...(await lane({ observer, ...parts })) };
  }

  test("hears of each commit: how it ended, how many shared it, and how long it took", async () => {
    const { calls, store, clock, ask } = await observed({ limits: { batchMax: 2 } });
    const open = store.shut();
    const answers = orders("a", "b", "c").map(ask);
    await turn();
    clock.ms = 30;
    open();
    await Promise.all(answers);
    store.ending = () => ({ kind: "unknown", cause: "lost" });
    await ask(place("d", { tea: 1 }));
    store.ending = () => ({ kind: "not_committed", transient: true, cause: "away" });
    await ask(place("e", { tea: 1 }));
    expect(calls).toEqual([
      "committed 2 in 30 ms",
      "committed 1 in 0 ms",
      "unknown 1 in 0 ms",
      "not_committed 1 in 0 ms",
    ]);
  });

  test("hears of each command that is shed, and why", async () => {
    const { calls, engine, store, clock, ask } = await observed({ limits: { queueMax: 2, waitMsMax: 50 } });
    const open = store.shut();
    const answers = [ask(place("a", { tea: 1 }))];
    await turn();
    answers.push(...orders("b", "c", "d").map(ask));
    clock.ms = 50;
    open();
    await Promise.all(answers);
    await engine.close();
    await ask(place("e", { tea: 1 }));
    expect(calls).toEqual(["queue_full", "committed 1 in 50 ms", "waited_too_long", "waited_too_long", "closing"]);
  });
});
