import { readFileSync } from "node:fs";
import { join } from "node:path";
import { breakingChanges, endsWithoutNotice, type OpenApiDocument } from "@holdfast/fuzz";
import { expect, test } from "vitest";
import { TestApi } from "../test-api.ts";
import { breakingNotes } from "./breaking-notes.ts";

const lastRelease = JSON.parse(readFileSync(join(import.meta.dirname, "last-release.json"), "utf8")) as OpenApiDocument;

test("the document breaks no client of the last release, but for what has a note", () => {
  const changes = breakingChanges(lastRelease, new TestApi().document);
  expect(changes).toEqual(breakingNotes.map(({ change }) => change));
  expect(breakingNotes.filter(({ reason }) => reason.length < 20)).toEqual([]);
});

test("every deprecated call announces its end in its answers", () => {
  expect(endsWithoutNotice(new TestApi().document)).toEqual([]);
});
