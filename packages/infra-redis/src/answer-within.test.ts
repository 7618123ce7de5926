import { expect, test } from "vitest";
import { answerWithin } from "./answer-within.ts";

test("gives an answer that comes in time", async () => {
  expect(await answerWithin(Promise.resolve("here"), 1_000)).toBe("here");
});

test("gives nothing for a failure, and for an answer that never comes", async () => {
  expect(await answerWithin(Promise.reject(new Error("gone")), 1_000)).toBeUndefined();
  expect(await answerWithin(new Promise(() => {}), 1)).toBeUndefined();
});
