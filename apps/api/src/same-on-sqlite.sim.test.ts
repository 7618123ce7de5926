import { StoreTime } from "@holdfast/engine";
import { AnswerCounts, describedCalls, FuzzedShop, fuzz, openShop, requestTo } from "@holdfast/fuzz";
import { openSqlite } from "@holdfast/infra-sqlite";
import fc from "fast-check";
import { test } from "vitest";
import { fuzzedParts } from "./memory-holdfast.ts";
import { opening, TestApi, testEpoch } from "./test-api.ts";
import { TwinHoldfast } from "./twin-holdfast.ts";

const calls = describedCalls(new TestApi().document);

test("SQLite answers every request as the store in memory does", async () => {
  await fuzz({
    file: "apps/api/src/same-on-sqlite.sim.test.ts",
    sequences: 40,
    requests: fc.oneof(...calls.map(requestTo)),
    play: async (requests) => {
      let twin: TestApi | undefined;
      const clock = () => opening + (twin?.seconds ?? 0) * 1000;
      const time = new StoreTime({ wall: clock, steady: clock });
      const database = await openSqlite({ path: ":memory:", time, epoch: testEpoch });
      twin = new TestApi({ ...fuzzedParts("review"), opened: database });
      const shop = new FuzzedShop(new TwinHoldfast(twin), calls, new AnswerCounts());
      await openShop(shop);
      for (const request of requests) await shop.play(request);
      await shop.expectSound();
      await database.close();
    },
  });
}, 3_600_000);
