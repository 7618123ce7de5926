import { once } from "node:events";
import { type Batch, Bug, type Command } from "@holdfast/domain";
import { describe, expect, test } from "vitest";
import { Engine, type EngineParts } from "./engine.ts";
import { OutcomeUnknown, Overloaded, Unavailable } from "./outages.ts";
import type { Commit } from "./ports/store.ts";
import { create, end, nameOf, place, TestStore } from "./test-store.ts";

/** One turn of the event loop: what was asked before it has reached the store after it. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** An engine on a store in memory that sells `tea`, with a clock that the test sets. */
async function lane(parts: Partial<EngineParts> = {}) {
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

const orders = (...names: readonly string[]) => names.map((name) => place(name, { tea: 1 }));

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
    return { turns: { take, want: () => {}, wanted: false }, log, give: () => waiting.shift()?.() };
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

describe("batches", () => {
  test("all that one turn of the event loop brings is one commit", async () => {
    const { store, ask } = await lane();
    await Promise.all(orders("a", "b", "c").map(ask));
    expect(store.asked).toEqual([["a", "b", "c"]]);
  });

  test("what comes while one batch commits is the next one", async () => {
    const { engine, store, ask } = await lane();
    const open = store.shut();
    const answers = [ask(place("a", { tea: 1 }))];
    await turn();
    answers.push(...orders("b", "c").map(ask));
    await turn();
    answers.push(...orders("d").map(ask));
    expect([store.asked, engine.queued]).toEqual([[["a"]], 3]);
    open();
    expect(await Promise.all(answers)).toEqual(["ok", "ok", "ok", "ok"]);
    expect([store.asked, engine.queued]).toEqual([[["a"], ["b", "c", "d"]], 0]);
  });

  test("none is larger than its bound", async () => {
    const { store, ask } = await lane({ limits: { batchMax: 2 } });
    await Promise.all(orders("a", "b", "c", "d", "e").map(ask));
    expect(store.asked).toEqual([["a", "b"], ["c", "d"], ["e"]]);
  });

  test("each is a transaction with an id and a time limit of its own", async () => {
    const { store, ask } = await lane({ limits: { batchMax: 1, commitMsMax: 77 } });
    await Promise.all(orders("a", "b").map(ask));
    expect(store.transactions.map(({ id, timeoutMs }) => [Number(id), timeoutMs])).toEqual([
      [2, 77],
      [3, 77],
    ]);
  });

  test("a lane that has run dry starts again", async () => {
    const { store, ask } = await lane();
    expect(await ask(place("a", { tea: 1 }))).toBe("ok");
    await turn();
    expect(await ask(place("b", { tea: 1 }))).toBe("ok");
    expect(store.asked).toEqual([["a"], ["b"]]);
  });
});

describe("answers", () => {
  test("each command is answered with its own, in order", async () => {
    const { engine } = await lane();
    const answered: string[] = [];
    const commands = [
      place("a", { tea: 1 }),
      place("b", { tea: 9_999 }),
      place("c", { tea: 2 }),
      end("CancelOrder", "a"),
    ];
    const results = await Promise.all(
      commands.map(async (command) => {
        const result = await engine.submit(command);
        answered.push(nameOf(command));
        return result;
      }),
    );
    expect(answered).toEqual(["a", "b", "c", "a"]);
    expect(results).toMatchObject([
      { ok: true, value: { subject: { id: "ord_a", status: "PENDING_PAYMENT" }, replayed: false } },
      { ok: false, failure: { code: "insufficient_stock", shortfalls: [{ requested: 9_999, available: 999 }] } },
      { ok: true, value: { subject: { id: "ord_c", status: "PENDING_PAYMENT" }, replayed: false } },
      { ok: true, value: { subject: { id: "ord_a", status: "CANCELLED" }, replayed: false } },
    ]);
  });

  test("a replay says that it is one", async () => {
    const { engine } = await lane();
    const claim = { key: "k", fingerprint: "body" };
    const [first, again] = await Promise.all([
      engine.submit({ ...place("a", { tea: 1 }), claim }),
      engine.submit({ ...place("b", { tea: 1 }), claim }),
    ]);
    expect(first).toMatchObject({ ok: true, value: { subject: { id: "ord_a" }, replayed: false } });
    expect(again).toMatchObject({ ok: true, value: { subject: { id: "ord_a" }, replayed: true } });
  });

  test("a command that hits a bug is rejected alone, with what was thrown", async () => {
    const { engine, ask } = await lane();
    const others = orders("a", "b");
    const [before, broken, after] = await Promise.allSettled([
      ask(others[0] as Command),
      engine.submit(create("poison", -1)),
      ask(others[1] as Command),
    ]);
    expect([before, after]).toMatchObject([{ value: "ok" }, { value: "ok" }]);
    expect(broken).toEqual({ status: "rejected", reason: new Bug("poison: oversold") });
  });
});

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

describe("closing", () => {
  test("answers what it has, and takes nothing more", async () => {
    const { engine, store, ask } = await lane({ limits: { batchMax: 1 } });
    const open = store.shut();
    const answers = [ask(place("a", { tea: 1 }))];
    await turn();
    answers.push(...orders("b", "c").map(ask));
    let closed = false;
    const closing = engine.close().then(() => {
      closed = true;
    });
    expect(await ask(place("d", { tea: 1 }))).toBe("Overloaded");
    await turn();
    expect(closed).toBe(false);
    open();
    await closing;
    expect(await Promise.all(answers)).toEqual(["ok", "ok", "ok"]);
    expect(store.asked).toEqual([["a"], ["b"], ["c"]]);
  });

  test("is quick where there is nothing to answer, and can be repeated", async () => {
    const { engine } = await lane();
    await engine.close();
    await engine.close();
    await expect(engine.submit(place("a", { tea: 1 }))).rejects.toThrow(Overloaded);
  });
});

describe("hints", () => {
  test("are given once a commit, when it has happened", async () => {
    const told: string[][] = [];
    const afterCommit = (batch: Batch) => told.push(batch.orders.map(({ after }) => after.id));
    const { store, ask } = await lane({ afterCommit, limits: { batchMax: 2 } });
    store.ending = (asked) => (asked.includes("x") ? { kind: "not_committed", transient: true, cause } : undefined);
    await Promise.all(orders("a", "b", "c", "x", "d").map(ask));
    expect(told).toEqual([["ord_a", "ord_b"], ["ord_d"]]);
  });

  test("that throw break neither answers nor lane, and are not silent", async () => {
    const afterCommit = () => {
      throw new Error("the cache has a bug");
    };
    const { engine, ask } = await lane({ afterCommit });
    const warned = once(process, "warning");
    expect(await ask(place("a", { tea: 1 }))).toBe("ok");
    expect(await warned).toMatchObject([{ message: "the cache has a bug" }]);
    expect(await Promise.all(orders("b", "c").map(ask))).toEqual(["ok", "ok"]);
    await engine.close();
  });
});

describe("an observer", () => {
  /** An engine whose observer writes down what it is told. */
  async function observed(parts: Partial<EngineParts> = {}) {
    const told: string[] = [];
    const observer = {
      committed: ({ kind, commands, ms }: { kind: string; commands: number; ms: number }) => {
        told.push(`${kind} ${commands} in ${ms} ms`);
      },
      shed: (reason: string) => told.push(reason),
    };
    return { told, ...(await lane({ observer, ...parts })) };
  }

  test("is told of each commit: how it ended, how many shared it, and how long it took", async () => {
    const { told, store, clock, ask } = await observed({ limits: { batchMax: 2 } });
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
    expect(told).toEqual([
      "committed 2 in 30 ms",
      "committed 1 in 0 ms",
      "unknown 1 in 0 ms",
      "not_committed 1 in 0 ms",
    ]);
  });

  test("is told of each command that is shed, and why", async () => {
    const { told, engine, store, clock, ask } = await observed({ limits: { queueMax: 2, waitMsMax: 50 } });
    const open = store.shut();
    const answers = [ask(place("a", { tea: 1 }))];
    await turn();
    answers.push(...orders("b", "c", "d").map(ask));
    clock.ms = 50;
    open();
    await Promise.all(answers);
    await engine.close();
    await ask(place("e", { tea: 1 }));
    expect(told).toEqual(["queue_full", "committed 1 in 50 ms", "waited_too_long", "waited_too_long", "closing"]);
  });
});
