import { describe, expect, test } from "vitest";
import { baseline, type DatabaseVersion, type Migration, Migrations, stepInWords, versionAfter } from "./migrations.ts";

const expand = (version: number): Migration => ({ version, name: "more", kind: "expand" });
const contract = (version: number, compatibleFrom: number): Migration => ({
  version,
  name: "less",
  kind: "contract",
  compatibleFrom,
});

const replace = (version: number): Migration => ({ version, name: "another", kind: "replace" });

const none = new Migrations([]);
const one = new Migrations([expand(4)]);
const two = new Migrations([expand(4), contract(5, 4)]);
const three = new Migrations([expand(4), contract(5, 4), expand(6)]);
const replaced = new Migrations([expand(4), replace(5)]);

function databaseOf([version, compatibleFrom]: readonly [number, number]): DatabaseVersion {
  return { version, compatibleFrom };
}

test.each([
  ["no step on a database of the baseline", none, [3, 3], "newest", []],
  ["an expand", one, [3, 3], "needed", [4]],
  ["an expand, and leaves the contract behind it", two, [3, 3], "needed", [4]],
  ["the contract where it is asked for", two, [4, 3], "newest", [5]],
  ["both where both are asked for", two, [3, 3], "newest", [4, 5]],
  ["a contract that stands before an expand", three, [4, 3], "needed", [5, 6]],
  ["a replace", replaced, [4, 3], "needed", [5]],
  ["nothing on a database that has all", three, [6, 4], "newest", []],
  ["nothing on a newer database that is still compatible", one, [5, 4], "newest", []],
] as const)("runs %s", (_what, migrations, found, upTo, versions) => {
  const database = databaseOf(found);
  expect(migrations.refusal(database)).toBeUndefined();
  expect(migrations.steps(database, upTo).map(({ version }) => version)).toEqual(versions);
});

test.each([
  ["a newer database that is compatible no more", one, [7, 5], /newer version.*is of version 7.*knows 5.*one knows 4/],
  ["a database that a step it does not know has replaced", one, [5, 5], /newer version.*is of version 5.*knows 4/],
  ["a newer database where no step is known", none, [5, 4], /newer version.*one knows 3/],
  ["an older database than the baseline", one, [2, 2], /is of version 2: from before version 3/],
  ["a database of something else", one, [0, 0], /from another program/],
] as const)("refuses %s in one line", (_what, migrations, found, reason) => {
  expect(migrations.refusal(databaseOf(found))).toMatch(reason);
  expect(migrations.refusal(databaseOf(found))).not.toContain("\n");
});

describe("a database", () => {
  test.each([
    ["after an expand takes the programs that it took", { version: 4, compatibleFrom: 3 }, expand(4)],
    ["after a replace takes those that know it", { version: 4, compatibleFrom: 4 }, replace(4)],
    ["after a contract takes those that it says", { version: 4, compatibleFrom: 4 }, contract(4, 4)],
  ])("%s", (_what, after, step) => {
    expect(versionAfter(baseline, step)).toEqual(after);
  });

  test("that is made now needs no step", () => {
    expect(three.newest).toEqual({ version: 6, compatibleFrom: 4 });
    expect(three.steps(three.newest, "newest")).toEqual([]);
  });

  test("waits for the contracts behind what it has", () => {
    const waiting = (migrations: Migrations<Migration>, version: number) =>
      migrations.waiting({ version, compatibleFrom: 3 }).map(stepInWords);
    expect(waiting(two, 4)).toEqual(["5 less (contract)"]);
    expect([waiting(two, 5), waiting(one, 4), waiting(three, 6)]).toEqual([[], [], []]);
  });
});

test.each([
  ["a gap", [expand(5)]],
  ["one number twice", [expand(4), contract(4, 3)]],
  ["a contract that no other version is compatible with", [contract(4, 4)]],
])("takes no list with %s", (_what, steps) => {
  expect(() => new Migrations(steps)).toThrow();
});
