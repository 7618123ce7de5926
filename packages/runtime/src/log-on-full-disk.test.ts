import { spawnSync } from "node:child_process";
import { openSync } from "node:fs";
import process from "node:process";
import { expect, test } from "vitest";

const program = `
import { openLogger } from ${JSON.stringify(new URL("./open-logger.ts", import.meta.url).href)};
const logger = openLogger("test", "info");
for (let n = 0; n < 3; n += 1) logger.info({}, "a line");
await new Promise((resolve) => setTimeout(resolve, 50));
console.error("alive");
`;

test("a log on a full disk does not end the process that logs", () => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", full, "pipe"],
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, "alive\n"]);
});
