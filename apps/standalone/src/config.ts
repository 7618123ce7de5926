import { apiVariables } from "@holdfast/api";
import { logLevel, oneOf, readEnvironment, wholeNumber } from "@holdfast/runtime";
import { auditorLimits } from "@holdfast/worker";
import { z } from "zod";

const schema = z.object({
  ...apiVariables,
  DATABASE_URL: z
    .string()
    .regex(/^file:./, "must be a file: URL such as file:.data/holdfast.db (for MongoDB run start:api and start:worker)")
    .default("file:.data/holdfast.db")
    .transform((url) => url.slice("file:".length)),
  SWEEP_INTERVAL_MS: wholeNumber(100, 3_600_000, "milliseconds").default(5_000),
  AUDIT_PAUSE_MS: wholeNumber(10, 3_600_000, "milliseconds").default(auditorLimits.pauseMs),
  DEMO_CATALOGUE: oneOf(["on", "off"]).default("on"),
  LOG_LEVEL: logLevel().default("warn"),
});

export type StandaloneConfig = z.infer<typeof schema>;

/** Reads the configuration from `.env`, if there is one, and the environment, which wins. Throws with all problems. */
export function readStandaloneConfig(): StandaloneConfig {
  return readEnvironment(schema);
}
