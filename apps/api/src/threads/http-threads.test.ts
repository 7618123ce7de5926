import { once } from "node:events";
import { request } from "node:http";
import { createServer } from "node:net";
import type { Command } from "@holdfast/domain";
import { Unavailable } from "@holdfast/engine";
import { Registry } from "@holdfast/metrics";
import { RecordedLogger } from "@holdfast/testing";
import { expect, onTestFinished, test } from "vitest";
import { HttpThreads } from "./http-threads.ts";

const stopping = { noticeMs: 0, graceMs: 5_000 };

interface Asked {
  readonly submit?: (command: Command) => Promise<never>;
  readonly trouble?: () => Promise<string | undefined>;
  readonly port?: number;
  readonly data?: object;
}

async function listen({ port = 0, data = {}, ...desk }: Asked = {}) {
  const logger = new RecordedLogger();
  const threads = await HttpThreads.listen(
    {
      count: 2,
      module: new URL("./test-http-thread.ts", import.meta.url),
      data,
      desk: {
        submit: async () => {
          throw new Error("no command is sent");
        },
        take: async (callerId, perSecond) => ({ allowed: callerId === "till", remaining: perSecond, resetMs: 0 }),
        trouble: async () => undefined,
        ...desk,
      },
      registry: new Registry(),
      logger,
    },
    { port, host: "127.0.0.1" },
  );
  onTestFinished(() => threads.stop(stopping));
  return { threads, logger };
}

/** Over a connection of its own. Rejects where that ends without an answer. */
async function ask(threads: HttpThreads, path: string): Promise<string> {
  const asked = request(`${threads.url}${path}`, { agent: false }).end();
  const [response] = await once(asked, "response");
  let text = "";
  for await (const part of response.setEncoding("utf8")) text += part;
  return text;
}

/** The answers to one question, until both threads have answered it. */
async function fromBoth(threads: HttpThreads, path: string): Promise<ReadonlySet<string>> {
  const answers = new Set<string>();
  while (answers.size < 2) answers.add(await ask(threads, path));
  return answers;
}

test("connections are spread over the threads", async () => {
  const { threads } = await listen();
  expect((await fromBoth(threads, "/thread")).size).toBe(2);
});

test("commands and questions are answered by the thread with the engine, and its errors are what they were", async () => {
  const { threads } = await listen({
    submit: async (command) => {
      throw new Unavailable(`no ${command.type}`);
    },
    trouble: async () => "the disk is full",
  });
  expect(JSON.parse(await ask(threads, "/command"))).toEqual({ name: "Unavailable", message: "no PlaceOrder" });
  expect(JSON.parse(await ask(threads, "/health"))).toEqual(["the disk is full", null]);
  expect(JSON.parse(await ask(threads, "/take"))).toEqual({ allowed: true, remaining: 5, resetMs: 0 });
});

test("a thread that ends is replaced, its callers get no answer, and the other one serves on", async () => {
  const { threads, logger } = await listen();
  const before = await fromBoth(threads, "/thread");
  await expect(ask(threads, "/die")).rejects.toThrow("socket hang up");
  let thread: string;
  do thread = await ask(threads, "/thread");
  while (before.has(thread));
  expect(await fromBoth(threads, "/thread")).toContain(thread);
  expect(logger.lines).toEqual(["a thread that serves HTTP ended, and is replaced"]);
});

test("every thread learns of a changed key before the change is answered", async () => {
  const { threads } = await listen();
  await ask(threads, "/change");
  for (let n = 0; n < 20; n += 1) expect(await ask(threads, "/changes")).toBe("1");
});

test("metrics are those of all threads together", async () => {
  const { threads } = await listen();
  for (let n = 0; n < 20; n += 1) await ask(threads, "/observe");
  for (let n = 0; n < 5; n += 1) {
    expect(await ask(threads, "/metrics")).toContain(
      'holdfast_http_request_duration_seconds_count{method="GET",route="/observe",status="200"} 20',
    );
  }
});

test("a stop lets both threads answer what is under way, and then nothing listens", async () => {
  const { threads } = await listen();
  const answers = Promise.all(Array.from({ length: 10 }, () => ask(threads, "/slow")));
  await ask(threads, "/thread");
  await threads.stop({ noticeMs: 100, graceMs: 5_000 });
  expect((await answers).length).toBe(10);
  await expect(ask(threads, "/thread")).rejects.toThrow("ECONNREFUSED");
});

test("a port that another program listens on is refused, also where that one's threads share it", async () => {
  const server = createServer();
  onTestFinished(() => void server.close());
  await once(server.listen({ port: 0, host: "127.0.0.1", reusePort: true }), "listening");
  const { port } = server.address() as { port: number };
  await expect(listen({ port })).rejects.toThrow(`port ${port} of 127.0.0.1 is taken`);
});

test("a thread that cannot open says why", async () => {
  await expect(listen({ data: { refusesToOpen: true } })).rejects.toThrow("it does not open");
});
