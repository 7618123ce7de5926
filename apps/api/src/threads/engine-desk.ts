import type { Command } from "@holdfast/domain";
import type { Allowance, Engine, RateLimiter, Submitted } from "@holdfast/engine";
import type { HealthCheck } from "../app-parts.ts";

/** What a thread that serves HTTP asks of the one with the engine. */
export type EngineDesk = {
  readonly submit: (command: Command) => Promise<Submitted<Command>>;
  /** One counter for all threads. */
  readonly take: (callerId: string, perSecond: number) => Promise<Allowance>;
  /** What is wrong with the database, in words for callers. */
  readonly trouble: () => Promise<string | undefined>;
  /** A key was made or revoked: every thread forgets the keys that it has read. */
  readonly keysChanged: () => Promise<void>;
  /** The metrics of the whole process. */
  readonly metricsPage: () => Promise<{ readonly text: string; readonly type: string }>;
};

/** What the engine's thread knows by itself. `HttpThreads` knows the rest. */
export type OwnDesk = Pick<EngineDesk, "submit" | "take" | "trouble">;

export function ownDesk(
  engine: Pick<Engine, "submit">,
  rateLimiter: RateLimiter,
  database: Pick<HealthCheck, "trouble">,
): OwnDesk {
  return {
    submit: (command) => engine.submit(command),
    take: (callerId, perSecond) => rateLimiter.take(callerId, perSecond),
    trouble: () => database.trouble(),
  };
}
