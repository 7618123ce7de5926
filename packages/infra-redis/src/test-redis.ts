import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { onTestFinished } from "vitest";
import { type OpenedRedis, openRedis } from "./open-redis.ts";

/** What a test works with: Holdfast's side of Redis, and a plain client to look at what is there. */
export interface TestRedis {
  readonly opened: OpenedRedis;
  readonly plain: Redis;
  readonly prefix: string;
  /** Everything that was logged, as text. */
  readonly lines: readonly string[];
}

/** For tests: opens Redis under a prefix of its own, and waits until it is reachable. Closed when the test ends. */
export async function openForTest(url: string, prefix = `test-${randomUUID()}`): Promise<TestRedis> {
  const lines: string[] = [];
  const warn = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  const opened = openRedis({ url, prefix, logger: { warn } });
  const plain = new Redis(url, { maxRetriesPerRequest: null });
  plain.on("error", () => {});
  onTestFinished(async () => {
    await opened.close();
    plain.disconnect();
  });
  await until(() => opened.reachable);
  return { opened, plain, prefix, lines };
}

/** For tests: listens until the test ends, and notes when it was woken. */
export async function listenForTest(opened: OpenedRedis): Promise<readonly number[]> {
  const wokenAt: number[] = [];
  const stop = await opened.listener().listen(async () => {
    wokenAt.push(Date.now());
  });
  onTestFinished(stop);
  return wokenAt;
}

/** For tests: waits until a condition holds, at most `msMax`. @returns how long it took */
export async function until(holds: () => boolean | Promise<boolean>, msMax = 10_000): Promise<number> {
  const start = performance.now();
  while (!(await holds())) {
    if (performance.now() - start > msMax) throw new Error(`not so after ${msMax} ms: ${holds}`);
    await wait(5);
  }
  return performance.now() - start;
}
