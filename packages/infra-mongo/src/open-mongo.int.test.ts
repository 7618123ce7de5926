import { freePort } from "@holdfast/test-services";
import { expect, test } from "vitest";
import { openMongo } from "./open-mongo.ts";

test("a MongoDB that is not there is named, with what to look at", async () => {
  const port = await freePort();
  await expect(openMongo({ url: `mongodb://127.0.0.1:${port}/shop` })).rejects.toThrow(
    `MongoDB cannot be reached at 127.0.0.1:${port} (`,
  );
});
