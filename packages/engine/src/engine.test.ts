import { once } from "node:events";
import { type Batch, Bug, type Command } from "@holdfast/domain";
import { cancel, create, orderId, place } from "@holdfast/domain/testing";
import { describe, expect, test } from "vitest";
import { Overloaded } from "./outages.ts";
import { lane, orders, turn } from "./test-lane.ts";
import { nameOf } from "./test-store.ts";

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
    const commands = [place("a", { tea: 1 }), place("b", { tea: 9_999 }), place("c", { tea: 2 }), cancel("a")];
    const results = await Promise.all(
      commands.map(async (command) => {
        const result = await engine.submit(command);
        answered.push(nameOf(command));
        return result;
      }),
    );
    expect(answered).toEqual(["a", "b", "c", "a"]);
    expect(results).toMatchObject([
      { ok: true, value: { subject: { id: orderId("a"), status: "PENDING_PAYMENT" }, replayed: false } },
      { ok: false, failure: { code: "insufficient_stock", shortfalls: [{ requested: 9_999, available: 999 }] } },
      { ok: true, value: { subject: { id: orderId("c"), status: "PENDING_PAYMENT" }, replayed: false } },
      { ok: true, value: { subject: { id: orderId("a"), status: "CANCELLED" }, replayed: false } },
    ]);
  });

  test("a replay says that it is one", async () => {
    const { engine } = await lane();
    const claim = { key: "k", fingerprint: "body" };
    const [first, again] = await Promise.all([
      engine.submit({ ...place("a", { tea: 1 }), claim }),
      engine.submit({ ...place("b", { tea: 1 }), claim }),
    ]);
    expect(first).toMatchObject({ ok: true, value: { subject: { id: orderId("a") }, replayed: false } });
    expect(again).toMatchObject({ ok: true, value: { subject: { id: orderId("a") }, replayed: true } });
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
    const hinted: string[][] = [];
    const afterCommit = (batch: Batch) => hinted.push(batch.writes.orders.map(({ after }) => after.id));
    const { store, ask } = await lane({ afterCommit, limits: { batchMax: 2 } });
    store.ending = (asked) =>
      asked.includes("x") ? { kind: "not_committed", transient: true, cause: "away" } : undefined;
    await Promise.all(orders("a", "b", "c", "x", "d").map(ask));
    expect(hinted).toEqual([[orderId("a"), orderId("b")], [orderId("d")]]);
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

test("has answered everybody by the time it is closed", async () => {
  const { engine, ask } = await lane();
  let answered = 0;
  for (const order of orders("a", "b")) {
    void ask(order).then(() => {
      answered += 1;
    });
  }
  await engine.close();
  expect(answered).toBe(2);
});
