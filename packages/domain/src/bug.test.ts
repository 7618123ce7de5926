import { expect, test } from "vitest";
import { assert, Bug, unreachable } from "./bug.ts";

test("throws where a promise is broken, and says which", () => {
  expect(() => assert(true, "the sky is blue")).not.toThrow();
  expect(() => assert(false, "the sky is blue")).toThrow(new Bug("the sky is blue"));
  expect(() => unreachable("PAID" as never)).toThrow(new Bug('unreachable: "PAID"'));
});
