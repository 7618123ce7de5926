import { place } from "@holdfast/domain/testing";
import { describe, expect, test } from "vitest";
import { lane, turn } from "./test-lane.ts";

describe("turns", () => {
  /** Turns that are given out one by one, when the test says so. */
  function turnGate() {
    const log: string[] = [];
    const waiting: (() => void)[] = [];
    const take = async () => {
      log.push("asked");
      await new Promise<void>((resolve) => waiting.push(resolve));
      log.push("begun");
      return { number: log.length * 10, done: () => void log.push("done") };
    };
    return { turns: { take, request: () => {}, requested: false }, log, give: () => waiting.shift()?.() };
  }

  test("are waited for after a lost try, and before the next batch, which takes in who comes meanwhile", async () => {
    const { turns, log, give } = turnGate();
    const { store, ask } = await lane({ turns });
    await ask(place("a", { tea: 1 }));
    expect(log).toEqual([]);
    store.conflicts = 1;
    const answers = [ask(place("b", { tea: 1 }))];
    await turn();
    store.conflicts = 0;
    expect(log).toEqual(["asked"]);
    give();
    answers.push(ask(place("c", { tea: 1 })));
    await turn();
    expect(log).toEqual(["asked", "begun", "done", "asked"]);
    answers.push(ask(place("d", { tea: 1 })));
    await turn();
    expect(store.asked).toEqual([["a"], ["b"]]);
    give();
    await Promise.all(answers);
    await turn();
    expect([store.asked, log]).toEqual([
      [["a"], ["b"], ["c", "d"]],
      ["asked", "begun", "done", "asked", "begun", "done"],
    ]);
  });

  test("end with the batch, also with one that is not committed", async () => {
    const { turns, log, give } = turnGate();
    const { store, ask } = await lane({ turns });
    store.conflicts = 2;
    store.ending = () => ({ kind: "not_committed", transient: true, cause: "away" });
    const answer = ask(place("b", { tea: 1 }));
    await turn();
    give();
    expect(await answer).toBe("Unavailable");
    await turn();
    expect(log).toEqual(["asked", "begun", "done"]);
  });
});
