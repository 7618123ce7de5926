import { openMemory } from "@holdfast/memory-store";
import { openLogger } from "@holdfast/runtime";
import { expect, test } from "vitest";
import type { ApiConfig } from "./config.ts";
import { runApi } from "./run-api.ts";

test("does not start where others can reach it and there is no key, and closes its database", async () => {
  const database = openMemory();
  const closed: string[] = [];
  const wiring = {
    openDatabase: async () => ({ ...database, close: async () => void closed.push("database") }),
    parts: () => expect.unreachable("it must not serve"),
    close: async () => void closed.push("the rest"),
  };
  const config = { HOST: "0.0.0.0", PORT: 0, API_KEYS: new Map() } as unknown as ApiConfig;
  const logger = openLogger("test", "silent");
  await expect(runApi(config, wiring, logger, new AbortController().signal)).rejects.toThrow("there is no API key");
  expect(closed).toEqual(["database", "the rest"]);
});
