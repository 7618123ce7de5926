import { place } from "@holdfast/domain/testing";
import { describe, expect, test } from "vitest";
import { Overloaded } from "./outages.ts";
import { lane, orders, turn } from "./test-lane.ts";

describe("overload", () => {
  test("sheds at once what the queue has no room for", async () => {
    const { engine, store, ask } = await lane({ limits: { queueMax: 2 } });
    const open = store.shut();
    const first = ask(place("a", { tea: 1 }));
    await turn();
    const waiting = orders("b", "c").map(ask);
    await expect(engine.submit(place("d", { tea: 1 }))).rejects.toThrow(Overloaded);
    expect(engine.queued).toBe(2);
    open();
    expect(await Promise.all([first, ...waiting])).toEqual(["ok", "ok", "ok"]);
    expect(await ask(place("d", { tea: 1 }))).toBe("ok");
    expect(store.asked).toEqual([["a"], ["b", "c"], ["d"]]);
  });

  test("sheds before it is decided what has waited past its deadline, and nothing else", async () => {
    const { store, clock, ask } = await lane({ limits: { waitMsMax: 100 } });
    const open = store.shut();
    const answers = [ask(place("under-way", { tea: 1 }))];
    await turn();
    answers.push(ask(place("asked-at-0", { tea: 1 })));
    clock.ms = 1;
    answers.push(ask(place("asked-at-1", { tea: 1 })));
    clock.ms = 100;
    open();
    expect(await Promise.all(answers)).toEqual(["ok", "Overloaded", "ok"]);
    expect(store.asked).toEqual([["under-way"], ["asked-at-1"]]);
  });

  test("fills a batch behind what it sheds, so that no commit is wasted on a few", async () => {
    const { store, clock, ask } = await lane({ limits: { waitMsMax: 100, batchMax: 2 } });
    const open = store.shut();
    const answers = orders("first").map(ask);
    await turn();
    answers.push(...orders("late").map(ask));
    clock.ms = 60;
    answers.push(...orders("a", "b").map(ask));
    clock.ms = 120;
    open();
    expect(await Promise.all(answers)).toEqual(["ok", "Overloaded", "ok", "ok"]);
    expect(store.asked).toEqual([["first"], ["a", "b"]]);
  });

  test.each([
    ["no time", 0, 6],
    ["a third of the longest wait", 100, 6],
    ["half of it", 150, 4],
    ["longer than all of it", 900, 2],
  ])("where a batch takes %s, as many may wait as full batches can carry in time", async (_what, batchMs, room) => {
    const { engine, store, clock, ask } = await lane({ limits: { queueMax: 6, batchMax: 2, waitMsMax: 300 } });
    let open = store.shut();
    const measured = orders("measured").map(ask);
    await turn();
    clock.ms += batchMs;
    open();
    await Promise.all(measured);
    await turn();
    open = store.shut();
    const answers = [ask(place("under way", { tea: 1 }))];
    await turn();
    answers.push(...orders("a", "b", "c", "d", "e", "f", "g", "h").map(ask));
    expect(engine.queued).toBe(room);
    open();
    expect((await Promise.all(answers)).filter((word) => word === "ok")).toHaveLength(1 + room);
  });

  test("quick batches make room again", async () => {
    const { engine, store, clock, ask } = await lane({ limits: { queueMax: 6, batchMax: 2, waitMsMax: 300 } });
    let open = store.shut();
    const slow = orders("slow").map(ask);
    await turn();
    clock.ms += 900;
    open();
    await Promise.all(slow);
    for (const name of Array.from({ length: 25 }, (_, index) => `quick${index}`)) await ask(place(name, { tea: 1 }));
    open = store.shut();
    const answers = orders("a", "b", "c", "d", "e", "f", "g", "h").map(ask);
    expect(engine.queued).toBe(6);
    open();
    await Promise.all(answers);
  });

  test("asks the store for nothing where a whole batch is late", async () => {
    const { store, clock, ask } = await lane({ limits: { waitMsMax: 100 } });
    const open = store.shut();
    const answers = [ask(place("under-way", { tea: 1 }))];
    await turn();
    answers.push(...orders("a", "b").map(ask));
    clock.ms = 101;
    open();
    expect(await Promise.all(answers)).toEqual(["ok", "Overloaded", "Overloaded"]);
    expect(await ask(place("c", { tea: 1 }))).toBe("ok");
    expect(store.asked).toEqual([["under-way"], ["c"]]);
  });
});
