import type { Breach } from "../audit/breach.ts";
import type { Figures } from "./figures.ts";
import type { Sizes } from "./sizes.ts";
import type { BenchDeployment } from "./variants/bench-deployment.ts";
import type { VariantName } from "./variants/index.ts";

/** How hard every round presses, whatever it measures. */
export interface Pressure {
  readonly connections: number;
  readonly seconds: number;
  readonly sizes: Sizes;
}

/** One measurement of one variant: what a scenario is asked for. */
export interface Round extends Pressure {
  readonly variant: VariantName;
  readonly deployment: BenchDeployment;
  /** Names the round's SKUs; new for each round. */
  readonly run: string;
  /** The load that `loads` has found for this variant, in requests a second. */
  readonly perSecond: number | undefined;
}

export interface RoundResult {
  readonly figures: Figures;
  /** Other answers, lost connections and timeouts. */
  readonly errors: number;
  /** Undefined where there is no stock to audit. */
  readonly breaches: readonly Breach[] | undefined;
}

/** Something to measure on running deployments, in rounds. A scenario prepares its own stock and audits it afterwards. */
export interface LoadScenario {
  readonly kind: "load";
  readonly name: string;
  readonly says: string;
  /** What its `rate` counts. */
  readonly counts: string;
  /** Where it makes sense. */
  readonly variants: readonly VariantName[];
  /** Settings of the processes, where they are not to run as they would by themselves. */
  readonly env?: Readonly<Record<string, string>>;
  readonly run: (round: Round) => Promise<RoundResult>;
  /** Run once on each deployment before all else; `run` itself unless it is given. */
  readonly warmUp?: (round: Round) => Promise<unknown>;
  /** Asked once, before the rounds, with everything warm: the load that each variant is to get in them. */
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
  /** One is enough where a round takes minutes. */
  readonly roundsMax: number;
  readonly run: (round: Pressure & { readonly run: string }) => Promise<RoundResult>;
}

export type BenchScenario = LoadScenario | ProcessScenario;
