import { expect, test } from "vitest";
import { eachAtOnce } from "./each-at-once.ts";

test("works on no more items at a time than it may", async () => {
  let [underWay, most] = [0, 0];
  const done: number[] = [];
  await eachAtOnce(Array(50).keys(), 4, async (item) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise(setImmediate);
    underWay -= 1;
    done.push(item);
  });
  expect([most, done.length, underWay]).toEqual([4, 50, 0]);
});

test("takes no more items after an error, and lets those under way end", async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = eachAtOnce(Array(50).keys(), 2, async (item) => {
    begun.push(item);
    if (item === 3) throw new Error("three");
    await new Promise(setImmediate);
    ended.push(item);
  });
  await expect(work).rejects.toThrow("three");
  expect(begun.length).toBeLessThan(8);
  expect(ended.length).toBe(begun.length - 1);
});
