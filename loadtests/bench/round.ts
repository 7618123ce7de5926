import type { Breach } from "../audit/breach.ts";
import type { BenchDeployment } from "./deployments.ts";

/** One measurement of one variant: what a scenario is asked for. */
export interface Round {
  readonly deployment: BenchDeployment;
  /** Names the round's SKUs and keys; new for each round. */
  readonly run: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface RoundResult {
  /** Requests answered as they should be, per second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Other answers, lost connections and timeouts. */
  readonly errors: number;
  /** Undefined where there is no stock to audit. */
  readonly breaches: readonly Breach[] | undefined;
}

/** Something to measure. A scenario prepares its own stock and audits it afterwards. */
export interface BenchScenario {
  readonly name: string;
  readonly says: string;
  readonly run: (round: Round) => Promise<RoundResult>;
}
