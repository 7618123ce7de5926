import { expect, test } from "vitest";
import { mayCall, scopes } from "./scopes.ts";

test.each(scopes)("%s allows itself alone, unless it is admin", (held) => {
  const allowed = scopes.filter((asked) => mayCall(new Set([held]), asked));
  expect(allowed).toEqual(held === "admin" ? scopes : [held]);
});

test("no scope allows nothing, and neither does one that nobody knows", () => {
  expect(scopes.filter((asked) => mayCall(new Set(), asked))).toEqual([]);
  expect(scopes.filter((asked) => mayCall(new Set(["orders", "orders:", "*"]), asked))).toEqual([]);
});
