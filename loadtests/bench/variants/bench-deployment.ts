import type { Database } from "@holdfast/engine";
import type { Deployment } from "../../deployments/deployment.ts";
import type { Measurement } from "../load/measurement.ts";
import type { Sizes } from "../sizes.ts";

/** What a variant needs to start a deployment for a scenario. */
export interface BenchServices {
  readonly mongoUrl: string;
  readonly redisUrl: string;
  /** A Redis database for this deployment alone: two of them would take each other's wake-ups. */
  readonly nextRedisUrl: () => string;
  /** A prefix for database names, different for each scenario. */
  readonly bench: string;
  readonly sizes: Sizes;
  /** The scenario's environment variables for the processes. */
  readonly env: Readonly<Record<string, string>>;
}

/** A running deployment under the bench. */
export interface BenchDeployment extends Deployment {
  /** Whether it keeps stock that can be audited. */
  readonly keepsStock: boolean;
  /** Waits until it has no request left to work on, so that the next round has the machine to itself. */
  idle(): Promise<void>;
  /** Opens the same database beside the running processes; absent if there is no database. */
  openDatabase?(): Promise<Database>;
  /** For variants without an app: writes orders straight into the server, in batches, for this long. */
  insertOrders?(request: { readonly seconds: number; readonly batchSize: number }): Promise<Measurement>;
}

/** With group commit a deployment is idle as soon as its last answer is sent. */
export const idleAtOnce = async (): Promise<void> => {};
