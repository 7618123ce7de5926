import { place } from "@holdfast/domain/testing";
import { expect, test } from "vitest";
import { lane, orders, turn } from "./test-lane.ts";

/** A lane on a store that decides ahead, with nothing let through yet. */
async function aheadLane() {
  const { store, ask, ...rest } = await lane();
  store.decidesAhead = true;
  const open = store.shut();
  return { store, ask, open, ...rest };
}

async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await turn();
}

test("hands the next batch over while one is written, once half as many wait and no more come", async () => {
  const { store, engine, ask, open } = await aheadLane();
  const answers = orders("a", "b", "c", "d").map(ask);
  await turns(3);
  answers.push(...orders("e").map(ask));
  await turns(5);
  expect([store.asked, engine.queued]).toEqual([[["a", "b", "c", "d"]], 1]);
  answers.push(...orders("f").map(ask));
  await turns(5);
  expect([store.asked, engine.queued]).toEqual([
    [
      ["a", "b", "c", "d"],
      ["e", "f"],
    ],
    0,
  ]);
  open();
  expect(await Promise.all(answers)).toEqual(Array.from({ length: 6 }, () => "ok"));
});

test("has two batches under way at the most, and the third takes all that has come", async () => {
  const { store, engine, ask, open } = await aheadLane();
  const answers = [ask(place("a", { tea: 1 }))];
  await turns(3);
  answers.push(ask(place("b", { tea: 1 })));
  await turns(5);
  answers.push(...orders("c", "d").map(ask));
  await turns(5);
  expect([store.asked, engine.queued]).toEqual([[["a"], ["b"]], 2]);
  open();
  expect(await Promise.all(answers)).toEqual(["ok", "ok", "ok", "ok"]);
  expect(store.asked).toEqual([["a"], ["b"], ["c", "d"]]);
});

test("waits for no more than comes: what is gathered goes once the batch before has ended", async () => {
  const { store, ask, open } = await aheadLane();
  const answers = orders("a", "b", "c", "d").map(ask);
  await turns(3);
  answers.push(...orders("e").map(ask));
  open();
  expect(await Promise.all(answers)).toEqual(["ok", "ok", "ok", "ok", "ok"]);
  expect(store.asked).toEqual([["a", "b", "c", "d"], ["e"]]);
});

test("answers all that it has taken before it is closed", async () => {
  const { engine, ask, open } = await aheadLane();
  const answers = [ask(place("a", { tea: 1 }))];
  await turns(3);
  answers.push(ask(place("b", { tea: 1 })));
  await turns(5);
  let closed = false;
  const closing = engine.close().then(() => {
    closed = true;
  });
  await turns(5);
  expect(closed).toBe(false);
  open();
  await closing;
  expect(await Promise.all(answers)).toEqual(["ok", "ok"]);
});
