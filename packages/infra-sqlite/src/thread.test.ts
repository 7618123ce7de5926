import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { Thread } from "./thread.ts";
import { ThreadGone } from "./thread-gone.ts";

const module = new URL("./test-thread.ts", import.meta.url);

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-thread-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "there");
  writeFileSync(file, "");
  return file;
}

async function open(file = newFile()): Promise<Thread<number | "die", number>> {
  const thread = await Thread.open<number | "die", number>(module, file);
  onTestFinished(() => thread.close());
  return thread;
}

/** The first answer, however often it takes asking. */
async function answerOf(thread: Thread<number | "die", number>, question: number): Promise<number> {
  for (;;) {
    try {
      return await thread.ask(question);
    } catch {
      await wait(5);
    }
  }
}

test("answers in the order of asking", async () => {
  const thread = await open();
  expect(await Promise.all([thread.ask(1), thread.ask(2), thread.ask(3)])).toEqual([2, 4, 6]);
});

test("rejects where it cannot open, with the error's code", async () => {
  await expect(Thread.open(module, "/nowhere")).rejects.toMatchObject({ message: "no file", errcode: 14 });
});

test("ends no process when it dies: each waiting caller hears of it, and another thread answers", async () => {
  const thread = await open();
  const asked = await Promise.allSettled([thread.ask("die"), thread.ask(1)]);
  for (const each of asked)
    expect(each).toMatchObject({ status: "rejected", reason: { name: "ThreadGone", asked: true } });
  await expect(thread.ask(2)).rejects.toMatchObject({ name: "ThreadGone", asked: false });
  expect(await answerOf(thread, 3)).toBe(6);
});

test("is started again until it opens", async () => {
  const file = newFile();
  const thread = await open(file);
  rmSync(file);
  await expect(thread.ask("die")).rejects.toThrow(ThreadGone);
  const whyNot = () => thread.ask(1).catch((error: ThreadGone) => error.cause);
  while ((await whyNot()) instanceof Error && !String(await whyNot()).includes("no file")) await wait(5);
  expect(await whyNot()).toMatchObject({ errcode: 14 });
  writeFileSync(file, "");
  expect(await answerOf(thread, 1)).toBe(2);
});

test("closes when it has answered, and also while it is down", async () => {
  const thread = await open();
  const asked = thread.ask(1);
  await thread.close();
  expect(await asked).toBe(2);
  const down = await open();
  await down.ask("die").catch(() => {});
  await down.close();
});

test("keeps its process until it is closed, also where an answer comes meanwhile", async () => {
  const program = `
    const { Thread } = await import(${JSON.stringify(new URL("./thread.ts", import.meta.url).href)});
    const thread = await Thread.open(new URL(${JSON.stringify(module.href)}), ${JSON.stringify(newFile())});
    thread.ask(1);
    await thread.close();
    console.log("closed");
  `;
  const file = `${newFile()}.mjs`;
  writeFileSync(file, program);
  expect((await promisify(execFile)(process.execPath, [file])).stdout).toBe("closed\n");
});
