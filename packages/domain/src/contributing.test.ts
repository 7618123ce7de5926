import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandTypes } from "./commands.ts";

const root = join(import.meta.dirname, "../../..");
const guide = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");

/** The files that a section of the guide names, with placeholders as they stand. */
function filesOf(section: string): string[] {
  const text = guide.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? "";
  return [...text.matchAll(/`((?:packages|apps|loadtests)\/[^`]+\.ts)`/g)].map(([, path = ""]) => path);
}

/** Sources that mention one of these, tests apart. */
function sourcesNaming(...names: readonly string[]): string[] {
  const args = ["grep", "-lE", names.join("|"), "--", "packages/*.ts", "apps/*.ts", "loadtests/*.ts"];
  const found = execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim().split("\n");
  return found.filter((path) => !path.endsWith(".test.ts")).sort();
}

function kebab(type: string): string {
  return type.replace(/(?<=[a-z])[A-Z]/g, "-$&").toLowerCase();
}

test("names files that are there, for each command", () => {
  const listed = ["Add a command", "Add an event", "Add an entity", "Add a store"].flatMap(filesOf);
  const fixed = listed.filter((path) => !path.includes("<"));
  expect(fixed.length).toBeGreaterThan(15);
  const ofCommands = listed.filter((path) => path.includes("<command>"));
  expect(ofCommands).toHaveLength(2);
  const all = [
    ...fixed,
    ...commandTypes.flatMap((type) => ofCommands.map((path) => path.replace("<command>", kebab(type)))),
  ];
  expect(all.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("names every file that a command stands in", () => {
  const listed = filesOf("Add a command").map((path) =>
    path.replace("<command>", "record-refund").replace("<area>", "orders"),
  );
  const named = sourcesNaming("RecordRefund", "recordRefund", "record-refund");
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !listed.includes(path))).toEqual([]);
});

test("names every file that an event stands in", () => {
  const listed = [...filesOf("Add an event"), ...filesOf("Add a command")].map((path) =>
    path.replace("<command>", "record-refund").replace("<entity>", "order"),
  );
  const named = sourcesNaming("PaymentRefunded").filter((path) => !path.includes("/planted/"));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !listed.includes(path))).toEqual([]);
});
