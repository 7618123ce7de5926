import type { Database } from "@holdfast/engine";
import { openSqlite } from "@holdfast/infra-sqlite";
import type { StoreClock } from "@holdfast/store-contract";
import fc from "fast-check";
import { test } from "vitest";
import { TestApi, testEpoch } from "../test-api.ts";
import { describedCalls, documentOf } from "./described-calls.ts";
import { fuzz } from "./fuzz-run.ts";
import { FuzzedShop } from "./fuzzed-shop.ts";
import { fuzzedParts } from "./memory-holdfast.ts";
import { openShop } from "./opened-shop.ts";
import { requestTo } from "./requests.ts";
import { Tally } from "./tally.ts";
import { TwinHoldfast } from "./twin-holdfast.ts";

const calls = describedCalls(documentOf(new TestApi().app));

test("SQLite answers whatever is asked as the store in memory does", async () => {
  await fuzz({
    file: "apps/api/src/fuzz/same-on-sqlite.sim.test.ts",
    sequences: 40,
    requests: fc.oneof(...calls.map(requestTo)),
    play: async (requests) => {
      const databases: Database[] = [];
      const open = (clock: StoreClock) => {
        const database = openSqlite({ path: ":memory:", clock, epoch: testEpoch });
        databases.push(database);
        return database;
      };
      const twin = new TestApi({ ...fuzzedParts("review"), open });
      const shop = new FuzzedShop(new TwinHoldfast(twin), calls, new Tally());
      await openShop(shop);
      for (const request of requests) await shop.play(request);
      await shop.expectSound();
      for (const database of databases) await database.close();
    },
  });
}, 3_600_000);
