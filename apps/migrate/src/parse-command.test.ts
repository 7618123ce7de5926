import { expect, test } from "vitest";
import { parseCommand } from "./parse-command.ts";

test.each([
  ["", { type: "migrate", upTo: "needed" }],
  ["--contract", { type: "migrate", upTo: "newest" }],
  ["--contract --help", { type: "help" }],
  ["-h", { type: "help" }],
])("understands: migrate %s", (line, wanted) => {
  expect(parseCommand(line.split(" ").filter(Boolean))).toEqual({ ok: true, value: wanted });
});

test.each([
  ["--all", /--all/],
  ["shop.db", /shop\.db/],
  ["--contract=5", /--contract/],
])("says what is wrong with: migrate %s", (line, problem) => {
  const parsed = parseCommand(line.split(" "));
  expect(parsed.ok ? "nothing" : parsed.failure).toMatch(problem);
});
