import type { Migration } from "@holdfast/engine";
import { expect, test } from "vitest";
import { reportOf } from "./report.ts";

const expand: Migration = { version: 4, name: "more", kind: "expand" };
const contract: Migration = { version: 5, name: "less", kind: "contract", compatibleFrom: 4 };
const [three, four] = [3, 4].map((version) => ({ version, compatibleFrom: 3 })) as [Version, Version];
type Version = { version: number; compatibleFrom: number };

test("says that there is nothing to do", () => {
  expect(reportOf({ from: three, to: three, ran: [], waiting: [] }, "pnpm migrate")).toEqual([
    "The database is of version 3: there is nothing to do.",
  ]);
});

test("says what was done, what is left, and when it may be done", () => {
  expect(reportOf({ from: three, to: four, ran: [expand], waiting: [contract] }, "pnpm migrate")).toEqual([
    "Migrated from version 3 to 4.",
    "Left for later: 5 less (contract). Run `pnpm migrate --contract` when every process that uses the database knows version 4.",
  ]);
});
