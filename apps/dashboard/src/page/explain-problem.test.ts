import { expect, test } from "vitest";
import { explainProblem } from "./explain-problem.ts";

const nameOf = (sku: string) => ({ "tea-green": "Green tea" })[sku] ?? sku;

function problem(code: string, rest: object = {}) {
  return { type: `urn:holdfast:problem:${code}`, title: "The title.", status: 409, code, ...rest };
}

test.each([
  [
    "fewer than asked for",
    [{ message: "m", sku: "tea-green", requested: 5, available: 3 }],
    "Only 3 of Green tea can be promised now; 5 were asked for. Nothing was held.",
  ],
  [
    "none at all",
    [{ message: "m", sku: "cup", requested: 1, available: 0 }],
    "No cup is left to promise now; 1 was asked for. Nothing was held.",
  ],
  ["a shape from a newer server", [{ message: "too few" }], "too few. Nothing was held."],
])("explains a shortfall: %s", (_case, errors, text) => {
  expect(explainProblem(problem("insufficient_stock", { errors }), nameOf)).toBe(text);
});

test.each([
  ["its title", {}, "The title."],
  ["its detail", { detail: "More." }, "More."],
  [
    "its fields",
    { errors: [{ message: "too big", path: "lines.0.quantity" }] },
    "The title. lines.0.quantity: too big",
  ],
])("explains any other refusal by %s", (_case, rest, text) => {
  expect(explainProblem(problem("order_not_confirmable", rest), nameOf)).toBe(text);
});
