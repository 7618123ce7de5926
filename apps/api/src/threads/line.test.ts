import { MessageChannel } from "node:worker_threads";
import { Bug } from "@holdfast/domain";
import { Outage, OutcomeUnknown, Overloaded, Unavailable } from "@holdfast/engine";
import { expect, onTestFinished, test } from "vitest";
import { type Answers, Line, type Port } from "./line.ts";

/** Two ends of a line, and how many messages the first one has sent. */
function lineTo<Theirs extends Answers>(theirs: Theirs) {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  let messages = 0;
  const counting: Port = {
    postMessage(bytes, transfer) {
      messages += 1;
      port1.postMessage(bytes, transfer);
    },
    on: (event, hear) => port1.on(event, hear),
  };
  new Line(port2, theirs);
  return { line: new Line<Theirs>(counting, {}), messages: () => messages };
}

test("each question gets its own answer, whichever comes first", async () => {
  const first = Promise.withResolvers<string>();
  const { line } = lineTo({ first: () => first.promise, second: (n: number) => n + 1, nothing: () => undefined });
  const asked = line.ask("first");
  expect(await line.ask("second", 41)).toBe(42);
  expect(await line.ask("nothing")).toBeUndefined();
  first.resolve("late");
  expect(await asked).toBe("late");
});

test("the questions of one turn go as one message", async () => {
  const { line, messages } = lineTo({ double: (n: number) => 2 * n });
  const asked = Array.from({ length: 50 }, (_, n) => line.ask("double", n));
  expect(await Promise.all(asked)).toEqual(Array.from({ length: 50 }, (_, n) => 2 * n));
  expect(messages()).toBe(1);
});

test.each([
  new Bug("a rule"),
  new Outage("away"),
  new Overloaded("full"),
  new Unavailable("locked"),
  new OutcomeUnknown("lost", { cause: new Error("the disk") }),
])("$name is thrown again as what it is", async (error) => {
  const { line } = lineTo({
    fail: () => {
      throw error;
    },
  });
  const thrown = await line.ask("fail").catch((caught: unknown) => caught);
  expect(thrown).toBeInstanceOf(error.constructor);
  expect(thrown).toMatchObject({ message: error.message, stack: error.stack });
  expect((thrown as Error).cause).toEqual(error.cause);
});

test("what is thrown and is no error is an error at the other end", async () => {
  const { line } = lineTo({ fail: () => Promise.reject("no") });
  await expect(line.ask("fail")).rejects.toThrow("no");
});

test("a question that the other end does not know is refused", async () => {
  const { line } = lineTo<Record<string, () => void>>({});
  await expect(line.ask("whatever")).rejects.toThrow("asked for whatever, which this end does not answer");
});

test("once it is cut, everyone who waits hears why, and so do those who ask later", async () => {
  const { line } = lineTo({ never: () => new Promise<never>(() => {}) });
  const waiting = line.ask("never");
  line.cut(new Error("the thread ended"));
  await expect(waiting).rejects.toThrow("the thread ended");
  await expect(line.ask("never")).rejects.toThrow("the thread ended");
});
