import { place } from "@holdfast/domain/testing";
import { describe, expect, test } from "vitest";
import type { EngineParts } from "./engine.ts";
import { OutcomeUnknown, Unavailable } from "./outages.ts";
import type { Commit } from "./ports/store.ts";
import { lane, orders } from "./test-lane.ts";

const cause = new Error("the disk is full");
const names = ["a", "b", "c", "d", "e", "f", "g"];

describe("a commit that does not happen", () => {
  test.each(names)("is halved until only the culprit %s fails", async (culprit) => {
    const { store, ask } = await lane();
    store.ending = (asked) =>
      asked.includes(culprit) ? { kind: "not_committed", transient: false, cause } : undefined;
    const words = await Promise.all(orders(...names).map(ask));
    expect(words).toEqual(names.map((name) => (name === culprit ? "Bug" : "ok")));
    const committed = store.asked.filter((asked) => !asked.includes(culprit)).flat();
    expect(committed).toEqual(names.filter((name) => name !== culprit));
  });

  test("and that is the database's fault is an outage in its words, for the culprit alone", async () => {
    const { engine, store } = await lane();
    const reason = "the database cannot be read: its file is damaged";
    store.ending = (asked) =>
      asked.includes("b") ? { kind: "not_committed", transient: false, reason, cause } : undefined;
    const answers = await Promise.allSettled(orders("a", "b").map((command) => engine.submit(command)));
    expect(answers).toMatchObject([
      { status: "fulfilled" },
      { status: "rejected", reason: new Unavailable(reason, { cause }) },
    ]);
  });

  test.each<readonly [string, Commit, new (message: string) => Error]>([
    ["for now", { kind: "not_committed", transient: true, cause }, Unavailable],
    ["as far as anyone knows", { kind: "unknown", cause }, OutcomeUnknown],
  ])("%s is told to its whole batch, is not tried again, and stops nobody after it", async (_what, commit, outage) => {
    const { engine, store, ask } = await lane();
    store.ending = (asked) => (asked.includes("a") ? commit : undefined);
    const answers = await Promise.allSettled(orders("a", "b").map((command) => engine.submit(command)));
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: "rejected", reason: expect.any(outage) });
      expect(answer).toMatchObject({ reason: { cause } });
    }
    expect(await ask(place("c", { tea: 1 }))).toBe("ok");
    expect(store.asked).toEqual([["a", "b"], ["c"]]);
  });

  const breaks = {
    "a store that rejects": { store: { transact: () => Promise.reject(cause) } },
    "a store that throws": {
      store: {
        transact: () => {
          throw cause;
        },
      },
    },
    "an id maker that throws": {
      newBatchId: () => {
        throw cause;
      },
    },
  } satisfies Record<string, Partial<EngineParts>>;

  test.each(Object.entries(breaks))("by %s is of unknown outcome, and the lane goes on", async (_what, parts) => {
    const { engine } = await lane(parts);
    await expect(engine.submit(place("a", { tea: 1 }))).rejects.toThrow(OutcomeUnknown);
    await expect(engine.submit(place("b", { tea: 1 }))).rejects.toMatchObject({ cause });
    await engine.close();
  });
});
