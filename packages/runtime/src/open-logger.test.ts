import { expect, test } from "vitest";
import { openLogger } from "./open-logger.ts";

/** The line that an error is logged as. */
function lineOf(error: unknown): { readonly err: Readonly<Record<string, unknown>> } {
  const lines: string[] = [];
  openLogger("test", "info", { write: (line) => lines.push(line) }).warn({ err: error }, "failed");
  expect(lines.join("")).not.toContain("s3cret");
  return JSON.parse(lines[0] ?? "");
}

test("logs an error's name, code, stack and causes, and nothing else that hangs on it", () => {
  const cause = Object.assign(new Error("WRONGPASS invalid username-password pair"), {
    name: "ReplyError",
    command: { name: "auth", args: ["default", "s3cret"] },
  });
  const error = Object.assign(new Error("redis failed", { cause }), { code: "E1", record: { customer: "s3cret" } });
  const { err } = lineOf(error);
  expect(err).toMatchObject({
    type: "Error",
    message: "redis failed",
    code: "E1",
    cause: { type: "ReplyError", message: "WRONGPASS invalid username-password pair" },
  });
  expect(Object.keys(err).sort()).toEqual(["cause", "code", "message", "stack", "type"]);
});

test("the password in an address is hidden, in messages, stacks and causes", () => {
  const error = new Error("no answer of mongodb://shop:s3cret@db/shop", { cause: new Error("redis://:s3cret@cache") });
  expect(lineOf(error).err["message"]).toBe("no answer of mongodb://shop:***@db/shop");
});

test("logs the parts of an error of many parts the same way", () => {
  const part = Object.assign(new Error("refused"), { code: "ECONNREFUSED", command: { args: ["s3cret"] } });
  expect(lineOf(new AggregateError([part], "all refused")).err["errors"]).toMatchObject([{ code: "ECONNREFUSED" }]);
});

test.each([
  ["a text", "gone", { type: "string", message: "gone" }],
  ["an object", { password: "s3cret" }, { type: "object", message: "an object that is no error" }],
])("logs %s that was thrown without what it holds", (_what, thrown, logged) => {
  expect(lineOf(thrown).err).toEqual(logged);
});

test("a chain of causes that leads back to itself ends", () => {
  const error = new Error("round");
  error.cause = error;
  expect(lineOf(error).err["message"]).toBe("round");
});
