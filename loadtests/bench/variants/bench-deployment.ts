import type { Database } from "@holdfast/engine";
import type { Deployment } from "../../deployments/deployment.ts";
import type { Measurement } from "../load/measurement.ts";
import type { Sizes } from "../sizes.ts";

/** The servers and sizes of one scenario, for whoever starts a deployment on them. */
export interface BenchServices {
  readonly mongoUrl: string;
  readonly redisUrl: string;
  /** A Redis database of its own for each deployment: they would take each other's wake-ups. */
  readonly nextRedisUrl: () => string;
  /** Names the databases; another one for each scenario. */
  readonly bench: string;
  readonly sizes: Sizes;
  /** Settings that the scenario wants its processes to have. */
  readonly env: Readonly<Record<string, string>>;
}

/** A running deployment as the bench drives it. */
export interface BenchDeployment extends Deployment {
  /** Whether it keeps stock that can be audited. */
  readonly keepsStock: boolean;
  /** Waits until it works on no request any more, so that the next round has the machine to itself. */
  idle(): Promise<void>;
  /** Opens the same database beside the running processes; absent where there is none. */
  openDatabase?(): Promise<Database>;
  /** Where no app runs: writes orders straight into the server, in batches, for so long. */
  insertOrders?(request: { readonly seconds: number; readonly batchSize: number }): Promise<Measurement>;
}

/** Group commit answers what it has within one commit: it is idle as soon as its last answer is out. */
export const idleAtOnce = async (): Promise<void> => {};
