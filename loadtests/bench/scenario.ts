import type { Breach } from "@holdfast/audit";
import type { Figures } from "./figures.ts";
import type { Sizes } from "./sizes.ts";
import type { BenchDeployment } from "./variants/bench-deployment.ts";
import type { VariantName } from "./variants/index.ts";

/** The load of every round. */
export interface Pressure {
  readonly connections: number;
  readonly seconds: number;
  readonly sizes: Sizes;
}

/** One measurement of one variant. */
export interface Round extends Pressure {
  readonly variant: VariantName;
  readonly deployment: BenchDeployment;
  /** A prefix for the round's SKUs, new for each round. */
  readonly run: string;
  /** The rate that `loads` chose for this variant, in requests per second. */
  readonly perSecond: number | undefined;
}

export interface RoundResult {
  readonly figures: Figures;
  /** Other answers, lost connections and timeouts. */
  readonly errors: number;
  /** Undefined if there is no stock to audit. */
  readonly breaches: readonly Breach[] | undefined;
}

/** Something to measure on running deployments, in rounds. It prepares its own stock, and audits it afterwards. */
export interface LoadScenario {
  readonly kind: "load";
  readonly name: string;
  readonly says: string;
  /** What its `rate` counts. */
  readonly counts: string;
  /** The variants on which it makes sense. */
  readonly variants: readonly VariantName[];
  /** Environment variables for the processes, if the defaults will not do. */
  readonly env?: Readonly<Record<string, string>>;
  readonly run: (round: Round) => Promise<RoundResult>;
  /** Runs once on each deployment before the rounds; `run` unless given. */
  readonly warmUp?: (round: Round) => Promise<unknown>;
  /** Chooses the rate for each variant. Called once, after the warm-up and before the rounds. */
  readonly loads?: (
    deployments: ReadonlyMap<VariantName, BenchDeployment>,
    pressure: Pressure & { readonly run: string },
  ) => Promise<ReadonlyMap<VariantName, number>>;
}

/** Something to measure that starts its own processes. */
export interface ProcessScenario {
  readonly kind: "process";
  readonly name: string;
  readonly says: string;
  readonly counts: string;
  readonly variants: readonly [VariantName];
  /** The number of rounds, if a round takes minutes. */
  readonly roundsMax: number;
  readonly run: (round: Pressure & { readonly run: string }) => Promise<RoundResult>;
}

export type BenchScenario = LoadScenario | ProcessScenario;
