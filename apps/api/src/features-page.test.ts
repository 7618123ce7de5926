import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describedCalls } from "@holdfast/fuzz";
import { expect, test } from "vitest";
import { TestApi } from "./test-api.ts";

const root = join(import.meta.dirname, "../../..");

/** The rows of the page: a feature, the call for it, the test that shows it. */
const rows = readFileSync(join(root, "docs/features.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .map((line) => line.slice(1, -1).split("|"))
  .filter(([first = ""]) => !/^(-+| feature )$/.test(first));

const calls = describedCalls(new TestApi().document);

interface NamedCall {
  readonly method: string | undefined;
  readonly template: string;
  readonly parameters: readonly string[];
}

/** The calls of the API that a cell names: `POST /v1/orders?dryRun=true`, or a path alone. */
function callsOf(cell: string): NamedCall[] {
  const named = [...cell.matchAll(/`(?:(GET|POST|PUT|PATCH|DELETE) )?(\/v1\/[^`? ]+)(?:\?([^`]*))?`/g)];
  return named.map(([, method, template = "", query]) => ({
    method,
    template,
    parameters: query?.split("&").map((part) => part.split("=")[0] ?? "") ?? [],
  }));
}

test("each feature has a test, which is there", () => {
  expect(rows.length).toBeGreaterThan(50);
  const files = rows.map(([, , tests = ""]) => [...tests.matchAll(/`([^`]+\.ts)`/g)].map(([, path = ""]) => path));
  expect(files.flat().filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const untested = rows.filter(([, , tests = ""], at) => !tests.includes("the same") && files[at]?.length === 0);
  expect(untested.map(([feature]) => feature?.trim())).toEqual([]);
});

test("each call that it names is in the document, with the parameters that it names", () => {
  const named = rows.flatMap(([, cell = ""]) => callsOf(cell));
  expect(named.length).toBeGreaterThan(30);
  const unknown = named.filter(
    ({ method, template, parameters }) =>
      !calls.some(
        (call) =>
          call.template === template &&
          (method === undefined || call.method === method) &&
          parameters.every((parameter) => call.parameters.some(({ name }) => name === parameter)),
      ),
  );
  expect(unknown).toEqual([]);
});

test("every call about orders, products and stock stands in it", () => {
  const named = new Set(rows.flatMap(([, cell = ""]) => callsOf(cell)).map(({ template }) => template));
  const tags = ["Products", "Locations", "Orders", "Stock", "Transfers", "Reservations"];
  const missing = calls.filter(({ tag, template }) => tags.includes(tag ?? "") && !named.has(template));
  expect(missing.map(({ name }) => name)).toEqual([]);
});
