import { expect, test } from "vitest";
import { type Line, readLines } from "./read-lines.ts";

async function linesOf(...chunks: readonly (string | Uint8Array)[]): Promise<Line[]> {
  const bytes = async function* () {
    for (const chunk of chunks) yield typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
  };
  return await Array.fromAsync(readLines(bytes(), () => {}));
}

const euro = new TextEncoder().encode("5 €\n");

test.each([
  ["a line without an end", ["a"], ["1 a"]],
  ["two lines", ["a\nb\n"], ["1 a", "2 b"]],
  ["a line in pieces", ["a", "b", "c\nd"], ["1 abc", "2 d"]],
  ["a character in pieces", [euro.slice(0, 3), euro.slice(3)], ["1 5 €"]],
  ["blank lines, which count", ["\n\na\n \nb"], ["3 a", "5 b"]],
  ["a byte order mark", ["\ufeffa"], ["1 a"]],
  ["nothing", [], []],
] as const)("reads %s", async (_, chunks, lines) => {
  expect((await linesOf(...chunks)).map(({ line, text }) => `${line} ${text}`)).toEqual(lines);
});

test("keeps no line that is too long, and goes on behind it", async () => {
  const long = Array<string>(20).fill("x".repeat(10_000));
  expect(await linesOf("a\n", ...long, "\nb", `\n${"y".repeat(70_000)}\nc`)).toEqual([
    { line: 1, text: "a" },
    { line: 2, text: undefined },
    { line: 3, text: "b" },
    { line: 4, text: undefined },
    { line: 5, text: "c" },
  ]);
});

test("counts the bytes", async () => {
  let bytes = 0;
  const chunks = async function* () {
    yield euro;
    yield euro;
  };
  for await (const _ of readLines(chunks(), (more) => (bytes += more)));
  expect(bytes).toBe(12);
});
