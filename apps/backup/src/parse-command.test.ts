import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parseCommand } from "./parse-command.ts";

test.each([
  ["backup shop.backup", { type: "backup", file: resolve("shop.backup"), force: false }],
  ["backup --force /a/b", { type: "backup", file: "/a/b", force: true }],
  ["restore ../shop.backup --force", { type: "restore", file: resolve("../shop.backup"), force: true }],
  ["restore --new-epoch", { type: "new-epoch" }],
  ["backup --help", { type: "help" }],
  ["-h", { type: "help" }],
])("understands: %s", (line, command) => {
  expect(parseCommand(line.split(" "))).toEqual({ ok: true, value: command });
});

describe("says what is wrong with", () => {
  test.each([
    ["", /backup or restore/],
    ["copy a", /backup or restore/],
    ["backup", /Name the file: backup FILE/],
    ["restore --force", /Name the file: restore FILE/],
    ["restore a b", /one file, and not b too/],
    ["backup a --overwrite", /--overwrite/],
    ["backup a --force=yes", /--force/],
    ["backup --new-epoch", /backup takes no --new-epoch/],
    ["restore a --new-epoch", /stands alone/],
    ["restore --new-epoch --force", /stands alone/],
    ["backup file:shop.db", /is a URL/],
    ["restore mongodb://localhost/shop", /is a URL/],
  ])("'%s'", (line, problem) => {
    const parsed = parseCommand(line.split(" ").filter((word) => word !== ""));
    expect(parsed.ok ? "nothing" : parsed.failure).toMatch(problem);
  });
});
