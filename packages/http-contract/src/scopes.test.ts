import { expect, test } from "vitest";
import { isStorefront, mayCall, scopes } from "./scopes.ts";

test.each(scopes)("%s allows itself alone, unless it is admin", (held) => {
  const allowed = scopes.filter((asked) => mayCall(new Set([held]), [asked]));
  expect(allowed).toEqual(held === "admin" ? scopes : [held]);
});

test("a key without scopes may do nothing, and neither may one with an unknown scope", () => {
  expect(scopes.filter((asked) => mayCall(new Set(), [asked]))).toEqual([]);
  expect(scopes.filter((asked) => mayCall(new Set(["orders", "orders:", "*"]), [asked]))).toEqual([]);
});

test("one scope of those that a call asks for is enough", () => {
  const allowed = scopes.filter((held) => mayCall(new Set([held]), ["orders:read", "checkout"]));
  expect(allowed).toEqual(["orders:read", "checkout", "admin"]);
});

test("a key is a storefront's exactly if checkout is all that it has", () => {
  expect(scopes.filter((held) => isStorefront(new Set([held])))).toEqual(["checkout"]);
  expect([isStorefront(new Set(["checkout", "admin"])), isStorefront(new Set())]).toEqual([false, false]);
});
