import { expect, test } from "vitest";
import { lostAnswer } from "./worker-problem.ts";

test.each([
  ["POST", { overloaded: true }, "overloaded"],
  ["GET", { overloaded: true }, "overloaded"],
  ["GET", new Error("Network connection lost."), "unavailable"],
  ["HEAD", new Error("Network connection lost."), "unavailable"],
  ["POST", new Error("Network connection lost."), "outcome_unknown"],
  ["PATCH", undefined, "outcome_unknown"],
])("a %s whose object threw %o is answered 503 %s", async (method, error, code) => {
  const answer = lostAnswer(new Request("http://shop.example/v1/orders", { method }), error);
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(await answer.json()).toMatchObject({ status: 503, code });
});
