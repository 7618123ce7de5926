import { MongoNetworkError, MongoServerError } from "mongodb";
import { expect, test } from "vitest";
import { Conflict, troubleOf } from "./conflicts.ts";

const server = (code: number) => new MongoServerError({ code, message: "as db.internal:27017 says" });

test.each([
  ["a disk that is full", server(14_031), "the database cannot be written: its disk is full"],
  ["a user without the right", server(13), "the database refuses this process: its user may not do this"],
  ["a wrong password", server(18), "the database refuses this process: its credentials are wrong"],
  ["a lost connection", new MongoNetworkError("db.internal:27017"), "the database cannot be reached"],
  [
    "one of these as a cause",
    new Error("wrapped", { cause: server(14_031) }),
    "the database cannot be written: its disk is full",
  ],
  ["a conflict", new Conflict("changed since"), undefined],
  ["a duplicate key", server(11_000), undefined],
] as const)("says what is wrong with the database: %s", (_what, error, words) => {
  expect(troubleOf(error)).toBe(words);
});
