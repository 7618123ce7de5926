import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandTypes } from "./commands.ts";
import { entities, entityNames } from "./entities.ts";

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

test("names files that are there, for each entity", () => {
  const ofEntities = filesOf("Add an entity").filter((path) => path.includes("<entity>.ts"));
  expect(ofEntities).toHaveLength(1);
  const named = entityNames.flatMap((name) => {
    const file = entities[name].kind.replace("_", "-");
    return ofEntities.map((path) => path.replace("<entity>", file));
  });
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("needs nothing but a migration in the stores, for an entity that is kept as declared", () => {
  const stores = /^packages\/(memory-store|infra-sqlite|infra-mongo)\//;
  const named = sourcesNaming("\\bcorrections\\b").filter((path) => stores.test(path));
  expect(named).toEqual(["packages/infra-sqlite/src/migrations/0003-baseline.ts"]);
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

test("names every file that an entity stands in, with its command and its event", () => {
  const sections = ["Add a command", "Add an event", "Add an entity"];
  const listed = sections.flatMap(filesOf).map((path) =>
    path
      .replace("<command>", "record-repayment")
      .replace("<area>", "reversals")
      // It goes with reversals.
      .replace("<entity>-schemas", "reversal-schemas")
      .replace("<entity>", "repayment"),
  );
  const named = sourcesNaming("[Rr]ecord-?[Rr]epayment", "RepaymentRecorded", "repaymentSchema", "RepaymentId");
  expect(named.length).toBeGreaterThan(10);
  const unlisted = named.filter((path) => !listed.includes(path) && !path.includes("/planted/"));
  expect(unlisted).toEqual([]);
});
