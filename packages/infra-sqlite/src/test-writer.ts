import { parentPort, workerData } from "node:worker_threads";
import { decideBatch } from "@holdfast/domain";
import { idOf, place, wordOf } from "@holdfast/testing";
import { openSqlite } from "./open-sqlite.ts";

// Another process on the same file: places orders for one unit each, one transaction after another, and reports the
// outcomes.

const { path, name, orders } = workerData as { path: string; name: string; orders: number };
const { store, close } = await openSqlite({ path });
const words: string[] = [];
for (let n = 0; n < orders; n += 1) {
  const commands = [place(`${name}${n}`, { tea: 1 })];
  const commit = await store.transact({ id: idOf(`${name}${n}`), commands, decide: decideBatch, timeoutMs: 10_000 });
  words.push(...(commit.kind === "committed" ? commit.batch.outcomes.map(wordOf) : [commit.kind]));
}
await close();
parentPort?.postMessage(words);
