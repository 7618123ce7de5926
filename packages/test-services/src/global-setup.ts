import type { TestProject } from "vitest/node";
import type {} from "./provided-context.ts";
import { sharedServices } from "./shared-services.ts";

/** Vitest's `globalSetup`: starts the shared services before the first test file, and stops them after the last. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const services = await sharedServices().catch((error: unknown) => {
    // Print the message alone: vitest would bury it under its own stack trace.
    if (error instanceof Error) delete error.stack;
    throw error;
  });
  project.provide("mongoUrl", services.mongoUrl);
  project.provide("redisUrl", services.redisUrl);
  return () => services.stop();
}
